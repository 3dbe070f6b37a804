"""Calendars (工作日历与期限计算): which days are working days, and how statutory terms run over them.

Imports: audit, access, core. Imported by: registers.
"""
