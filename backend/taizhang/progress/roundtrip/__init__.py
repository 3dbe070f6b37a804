"""Round trip (导出、回读): the ledger leaves as a workbook, is edited in Excel, and comes back row by row.

What may be edited there and what is only shown is data: ``columns``.
Imports: progress.ledger, plans, documents, units, access, core. Imported by: app.
"""
