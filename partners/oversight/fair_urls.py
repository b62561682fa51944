"""Addresses of the public page of fairness."""

from django.urls import path

from partners.oversight.views import fair

app_name = "fair"
urlpatterns = [
    path("", fair.fair, name="home"),
    path("<str:from_on>/<slug:part>/", fair.fair_file, name="file"),
]
