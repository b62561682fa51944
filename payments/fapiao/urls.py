"""Addresses below /pay/fapiao/: only random ids of payments."""

from django.urls import path

from payments.fapiao import views

app_name = "fapiao"

urlpatterns = [
    path("<uuid:public_id>/", views.request_fapiao, name="request"),
]
