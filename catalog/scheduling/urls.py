from django.urls import path

from . import feed_view, views

app_name = "bookings"
urlpatterns = [
    path("", views.booking_list, name="list"),
    path("feed/<str:secret>.ics", feed_view.booking_feed, name="feed"),
    path("<uuid:public_id>/", views.booking_detail, name="detail"),
    path("<uuid:public_id>/move/", views.booking_move, name="move"),
    path("<uuid:public_id>/calendar.ics", views.booking_calendar, name="calendar"),
]
