"""The public face (公众查询): what is published, read by anybody, as JSON for portals and as pages for people.

Imports: annual_reports, progress, plans, attachments, units, core. Imported by: app.
"""
