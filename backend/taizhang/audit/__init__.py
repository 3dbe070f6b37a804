"""Audit (审计): an append-only, hash-chained record of every write, made in the write's own transaction.

Imports: access, core. Imported by: every package that writes.
"""
