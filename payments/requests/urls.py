"""Addresses below /pay/."""

from django.urls import URLPattern, URLResolver

app_name = "payment_requests"

urlpatterns: list[URLPattern | URLResolver] = []
