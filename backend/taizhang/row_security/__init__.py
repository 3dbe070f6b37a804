"""Row-level security (行级安全): the second wall, should a query ever forget whom it serves.

What each table shows to each database role is data (``tables``), written to the database by ``taizhang migrate``.

Imports: access. Imported by: migrating, doctor.
"""
