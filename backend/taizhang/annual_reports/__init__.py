"""Annual reports (政府信息公开工作年度报告): what the ledger says of a year, summed up for the report.

Imports: progress, plans, workflow, documents, units, access, core. Imported by: app.
"""
