"""Taizhang (台账): the ledger in which a district government runs its year of 政务公开."""

__version__ = "0.1.0"
