"""Demo (演示区): 江阳区 as far as public texts confirm it, with made-up people and a believable year of activity.

Imports: annual_reports, indicators, registers, progress, plans, accounts, units and below. Imported by: cli.
"""
