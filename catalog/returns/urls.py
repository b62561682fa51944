"""Addresses of returns."""

from django.urls import path

from . import views

app_name = "returns"
urlpatterns = [
    path("", views.index, name="index"),
    path("lines/<int:line_id>/", views.ask, name="ask"),
    path("lines/<int:line_id>/cancel/", views.cancel, name="cancel"),
    path("courses/<uuid:public_id>/", views.course, name="course"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/sent/", views.sent, name="sent"),
    path("<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
]
