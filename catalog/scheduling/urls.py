from django.urls import path

from . import feed_view
from .views import bookings, feeds, modes, moving

app_name = "bookings"
urlpatterns = [
    path("", bookings.booking_list, name="list"),
    path("phone-calendar/", feeds.phone_calendar, name="phone_calendar"),
    path("phone-calendar/end/", feeds.end_phone_calendar, name="end_phone_calendar"),
    path("feed/<str:secret>.ics", feed_view.booking_feed, name="feed"),
    path("<uuid:public_id>/", bookings.booking_detail, name="detail"),
    path("<uuid:public_id>/move/", moving.booking_move, name="move"),
    path("<uuid:public_id>/mode/", modes.booking_mode, name="mode"),
    path("<uuid:public_id>/calendar.ics", bookings.booking_calendar, name="calendar"),
]
