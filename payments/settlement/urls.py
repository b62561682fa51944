"""Addresses under /pay/fees/: the published rules, for everybody to read and to take away."""

from django.urls import path

from . import views

app_name = "fees"

urlpatterns = [
    path("", views.fees, name="index"),
    path("<int:number>/", views.version, name="version"),
    path("<int:number>/download/", views.download, name="download"),
]
