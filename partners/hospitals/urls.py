"""Addresses of a hospital's portal."""

from django.urls import path

from .views import desk

app_name = "hospitals"
urlpatterns = [
    path("", desk.home, name="home"),
    path("letters/<uuid:public_id>/", desk.letter, name="letter"),
    path("letters/<uuid:public_id>/act/", desk.act, name="act"),
    path("letters/<uuid:public_id>/fhir/", desk.fhir, name="fhir"),
]
