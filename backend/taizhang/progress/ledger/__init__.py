"""Ledger (台账): what has been assigned to whom and where it stands, as a list, a board, a home page and a workbook.

Reads only. Imports: progress, plans, workflow, units, access, core. Imported by: app, annual_reports.
"""
