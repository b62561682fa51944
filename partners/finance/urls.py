"""Addresses of the finance portal; all for staff on finance duty."""

from django.urls import path

from partners.finance.views import fapiao, funnel, home, ledger

app_name = "finance"
urlpatterns = [
    path("", home.home, name="home"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/csv/", ledger.ledger_csv, name="ledger_csv"),
    path("fapiao/", fapiao.queue, name="fapiao_queue"),
    path("fapiao/<uuid:public_id>/", fapiao.fapiao, name="fapiao"),
    path("funnel/", funnel.funnel, name="funnel"),
]
