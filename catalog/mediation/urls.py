"""Addresses of disputes."""

from django.urls import path

from . import views

app_name = "mediation"
urlpatterns = [
    path("", views.index, name="index"),
    path("lines/<int:line_id>/", views.open_dispute, name="open"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/say/", views.say, name="say"),
    path("<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:public_id>/appeal/", views.appeal, name="appeal"),
]
