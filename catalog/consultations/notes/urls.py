from django.urls import path

from . import views

app_name = "notes"
urlpatterns = [
    path("<uuid:public_id>/", views.write, name="write"),
    path("<uuid:public_id>/save/", views.save, name="save"),
    path("<uuid:public_id>/add/", views.add, name="add"),
    path("<uuid:public_id>/earlier/", views.earlier, name="earlier"),
]
