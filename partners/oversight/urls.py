"""Addresses of those who oversee us; all read-only."""

from django.urls import path

from partners.oversight.views import chain, figures, lists, reports

app_name = "oversight"
urlpatterns = [
    path("", figures.home, name="home"),
    path("complaints/", figures.complaints, name="complaints"),
    path("incidents/", figures.incidents, name="incidents"),
    path("revenue/", figures.revenue, name="revenue"),
    path("disputes/", lists.disputes, name="disputes"),
    path("models/", lists.models, name="models"),
    path("accords/", lists.accords, name="accords"),
    path("pilots/", lists.pilots, name="pilots"),
    path("pilots/<slug:slug>/export/", lists.pilot_export, name="pilot_export"),
    path("chain/", chain.chain, name="chain"),
    path("chain/seals/", chain.seals, name="seals"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:kind>/<str:from_on>/", reports.report, name="report"),
    path("reports/<slug:kind>/<str:from_on>/<slug:part>/", reports.report_file, name="report_file"),
]
