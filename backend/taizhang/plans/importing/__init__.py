"""Reading a breakdown of tasks (分解表导入): from a document's grids to a draft a person confirms. Pure.

Imports: documents. Imported by: plans.
"""
