"""Addresses of sessions paid for ahead."""

from django.urls import path

from . import views

app_name = "credits"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/refund/", views.refund, name="refund"),
]
