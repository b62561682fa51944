"""Addresses under /pay/: only random ids, never order numbers or names of services."""

from django.urls import path

from payments.views import cashier, notify, receipts, watching, wechat

app_name = "payments"

urlpatterns = [
    path("notify/<slug:gateway>/", notify.notify, name="notify"),
    path("wechat/", wechat.come_back, name="wechat"),
    path("<uuid:public_id>/", cashier.cashier, name="cashier"),
    path("<uuid:public_id>/scan/", watching.scan, name="scan"),
    path("<uuid:public_id>/return/", watching.come_back, name="return"),
    path("<uuid:public_id>/status/", watching.status, name="status"),
    path("mine/", receipts.list_payments, name="list"),
    path("<uuid:public_id>/story/", receipts.payment, name="payment"),
    path("<uuid:public_id>/receipt/", receipts.receipt, name="receipt"),
]
