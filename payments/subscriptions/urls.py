"""Addresses below /pay/plan/."""

from django.urls import path

from payments.subscriptions.views import mine, offer, signing

app_name = "subscriptions"

urlpatterns = [
    path("", offer.plan, name="plan"),
    path("start/", offer.start, name="start"),
    path("buy/", offer.buy, name="buy"),
    path("mine/", mine.mine, name="mine"),
    path("mine/choose/", mine.choose, name="choose"),
    path("mine/renew/", mine.renew, name="renew"),
    path("mine/cancel/", mine.cancel, name="cancel"),
    path("mine/refund/", mine.refund, name="refund"),
    path("sign/<uuid:public_id>/", signing.signed, name="signed"),
    path("sign/<uuid:public_id>/scan/", signing.scan, name="sign_scan"),
]
