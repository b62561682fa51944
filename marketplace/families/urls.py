from django.urls import path

from .views import children

app_name = "family"
urlpatterns = [
    path("", children.list_children, name="children"),
    path("add/", children.add_child, name="add_child"),
    path("<uuid:public_id>/", children.edit_child, name="edit_child"),
    path("<uuid:public_id>/archive/", children.archive_child, name="archive_child"),
]
