"""Indicators (指标): what the registers say of a year's numbered duties, judged, frozen and drilled to the rows.

Imports: progress, registers and below. Imported by: app, demo, jobs.
"""
