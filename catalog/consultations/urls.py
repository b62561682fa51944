from django.urls import path

from . import views

app_name = "room"
urlpatterns = [
    path("<uuid:public_id>/", views.enter, name="enter"),
    path("<uuid:public_id>/whereabouts/", views.whereabouts, name="whereabouts"),
    path("<uuid:public_id>/emergency/", views.emergency, name="emergency"),
]
