"""Workflow (流转): the states a reviewed record goes through, who moved it, and the points it was returned with.

Imports: accounts, audit, access, core. Imported by: progress.
"""
