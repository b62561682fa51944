from django.urls import path

from . import views

app_name = "retention"
urlpatterns = [
    path("", views.schedule, name="schedule"),
    path("desk/", views.desk, name="desk"),
    path("desk/preview/", views.dry_run, name="dry_run"),
    path("desk/holds/new/", views.set_hold, name="set_hold"),
    path("desk/holds/<uuid:public_id>/release/", views.release_hold, name="release_hold"),
]
