"""Plans (年度任务分解): the notice as issued: its tasks, the duties in them, and the units that owe them.

Imports: documents, units, accounts, audit, access, core. Imported by: progress, annual_reports, demo.
"""
