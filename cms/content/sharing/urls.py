from django.urls import URLPattern, path

from . import views

app_name = "sharing"

urlpatterns: list[URLPattern] = [
    path("", views.desk, name="desk"),
    path("out/", views.share, name="share"),
    path("in/", views.bring, name="bring"),
    path("card/<slug:sort>/<slug:slug>.png", views.picture, name="picture"),
]
