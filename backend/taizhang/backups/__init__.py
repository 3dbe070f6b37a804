"""Backups (备份与恢复): base backups, the write-ahead log since, the attachments, and a manifest to hold them to.

Imports: attachments, core. Imported by: cli.
"""
