from django.urls import path

from . import views

app_name = "talk"
urlpatterns = [path("<uuid:public_id>/", views.talk, name="talk")]
