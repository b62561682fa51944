"""Backups: taken whole and sealed, checked, restored, and made to forget again whom we have forgotten since.

Run by `manage.py backups`; why it is built so: docs/adr/0016-backups-that-forget.md.
"""
