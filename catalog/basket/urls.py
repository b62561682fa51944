from django.urls import path

from . import several_views, views

app_name = "basket"
urlpatterns = [
    path("", views.summary, name="summary"),
    path("choose/", views.choose, name="choose"),
    path("choose/series/", several_views.series, name="series"),
    path("choose/together/", several_views.together, name="together"),
    path("add/", views.add, name="add"),
    path("lines/<int:line_id>/remove/", views.remove, name="remove"),
    path("lines/<int:line_id>/update/", views.update, name="update"),
    path("code/", views.code, name="code"),
    path("code/remove/", views.remove_code, name="remove_code"),
]
