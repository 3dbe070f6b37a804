"""Progress (进展填报): what a unit has done on a task, period by period, and the review of it.

Imports: plans, workflow, attachments, notifications, accounts, units, audit, access, core.
Imported by: annual_reports, demo.
"""
