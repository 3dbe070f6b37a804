"""Attachments (附件与佐证材料): files kept by their content, and the evidence records that point at them.

Imports: accounts, units, audit, access, core. Imported by: progress.
"""
