from django.urls import path

from . import series_views, views

app_name = "orders"
urlpatterns = [
    path("", views.list_orders, name="list"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:public_id>/ask/", views.ask, name="ask"),
    path("bookings/<uuid:public_id>/cancel/", views.cancel_booking, name="cancel_booking"),
    path("series/<uuid:public_id>/cancel/", series_views.cancel_series, name="cancel_series"),
]
