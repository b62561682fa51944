"""Addresses of vouchers and shared links."""

from django.urls import path

from . import views

app_name = "vouchers"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("share/", views.share, name="share"),
    path("from/<str:code>/", views.arrive, name="arrive"),
]
