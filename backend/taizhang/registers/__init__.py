"""Registers (专项台账): one entry a case or document, on its legal clock from the day it opens to the day it closes.

Imports: calendars, units, audit, access, core. Imported by: indicators, annual_reports, public.
"""
