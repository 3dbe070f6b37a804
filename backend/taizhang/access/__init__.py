"""Access (权限): what a caller may do. Knows no tables.

Imports: core. Imported by: every package with routes.
"""
