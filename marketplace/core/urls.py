from django.urls import path

from . import views

urlpatterns = [
    path("display/", views.set_display, name="display"),
    path("styleguide/", views.show_styleguide, name="styleguide"),
]
