"""Announcements an order listens to."""
