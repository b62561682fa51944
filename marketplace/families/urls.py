from django.urls import path

from . import views

app_name = "family"
urlpatterns = [
    path("", views.list_children, name="children"),
    path("add/", views.add_child, name="add_child"),
    path("<uuid:public_id>/", views.edit_child, name="edit_child"),
    path("<uuid:public_id>/archive/", views.archive_child, name="archive_child"),
]
