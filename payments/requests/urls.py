"""Addresses below /pay/for/: only random ids and secrets, never order numbers or names."""

from django.urls import URLPattern, URLResolver

app_name = "payment_requests"

urlpatterns: list[URLPattern | URLResolver] = []
