from django.urls import path

from . import views

urlpatterns = [
    path("now/", views.show_crisis_help, name="crisis"),
    path("lines/", views.show_lines, name="hotlines"),
]
