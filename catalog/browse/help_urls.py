"""The way from help to somebody to talk to."""

from django.urls import path

from .views import talk

urlpatterns = [path("talk/", talk.show, name="talk")]
