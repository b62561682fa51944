from django.urls import path

from . import views

app_name = "bookings"
urlpatterns = [
    path("", views.booking_list, name="list"),
    path("<uuid:public_id>/", views.booking_detail, name="detail"),
    path("<uuid:public_id>/move/", views.booking_move, name="move"),
    path("<uuid:public_id>/calendar.ics", views.booking_calendar, name="calendar"),
]
