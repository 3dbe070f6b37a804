"""Units (责任单位): who can owe a duty, what they are called, and since when.

Imports: audit, access, core. Imported by: accounts, plans, progress, annual_reports, demo.
"""
