"""Addresses under /pay/: only random ids, never order numbers or names of services."""

from django.urls import path

from payments import views

app_name = "payments"

urlpatterns = [
    path("notify/<slug:gateway>/", views.notify, name="notify"),
    path("<uuid:public_id>/", views.cashier, name="cashier"),
    path("<uuid:public_id>/scan/", views.scan, name="scan"),
    path("<uuid:public_id>/return/", views.come_back, name="return"),
    path("<uuid:public_id>/status/", views.status, name="status"),
    path("<uuid:public_id>/receipt/", views.receipt, name="receipt"),
]
