from django.urls import path

from . import views

app_name = "access_log"
urlpatterns = [
    path("", views.show_log, name="index"),
    path("download/", views.download, name="download"),
]
