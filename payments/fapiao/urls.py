"""Addresses below /pay/."""

from django.urls import URLPattern, URLResolver

app_name = "fapiao"

urlpatterns: list[URLPattern | URLResolver] = []
