"""Owed, attempted, settled, refunded: money from families, through payment companies."""
