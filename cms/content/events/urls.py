from django.urls import URLPattern, path

from . import views

app_name = "talks"

urlpatterns: list[URLPattern] = [
    path("", views.talks, name="list"),
    path("seat/<uuid:public_id>/", views.seat, name="seat"),
    path("seat/<uuid:public_id>/cancel/", views.cancel_with_link, name="cancel_with_link"),
    path("<slug:slug>/", views.event, name="event"),
    path("<slug:slug>/cancel/", views.cancel, name="cancel"),
    path("<slug:slug>/calendar.ics", views.calendar, name="calendar"),
    path("<slug:slug>/door/", views.at_the_door, name="door"),
]
