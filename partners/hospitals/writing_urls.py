"""Addresses of whoever writes a referral letter."""

from django.urls import path

from .views import writing

app_name = "referrals"
urlpatterns = [
    path("", writing.mine, name="mine"),
    path("new/<uuid:public_id>/", writing.new, name="new"),
    path("<uuid:public_id>/", writing.letter, name="letter"),
]
