from django.urls import path

from . import views

app_name = "waitlist"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("join/<int:service_id>/", views.join, name="join"),
    path("offers/<uuid:public_id>/accept/", views.accept, name="accept"),
    path("offers/<uuid:public_id>/decline/", views.decline, name="decline"),
    path("<uuid:public_id>/", views.entry, name="entry"),
    path("<uuid:public_id>/pause/", views.pause, name="pause"),
    path("<uuid:public_id>/resume/", views.resume, name="resume"),
    path("<uuid:public_id>/leave/", views.leave, name="leave"),
]
