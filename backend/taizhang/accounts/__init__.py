"""Accounts (账号): who is calling, and the sessions they call in.

Imports: units, audit, access, core. Imported by: workflow and above.
"""
