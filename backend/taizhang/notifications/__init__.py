"""Notifications (消息): what happened in a person's scope, as an inbox and as a live stream.

Imports: accounts, audit, access, core. Imported by: progress.
"""
