"""Documents (文档读取): Word, Excel, web pages and text as tables of cells. Pure: no database, no HTTP.

Imports: nothing of ours. Imported by: plans, annual_reports.
"""
