"""Core (基础设施): settings, database, problems, paging. Imports no package of ours."""
