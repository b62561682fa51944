from django.urls import path

from . import views

app_name = "mine"
urlpatterns = [
    path("", views.library, name="library"),
    path("open/", views.open_course, name="open"),
    path("parcels/", views.parcels, name="parcels"),
    path("parcels/<uuid:public_id>/received/", views.received, name="received"),
    path("courses/<uuid:public_id>/", views.course, name="course"),
    path("courses/<uuid:public_id>/<int:position>/", views.lesson, name="lesson"),
    path("courses/<uuid:public_id>/<int:position>/finish/", views.finish, name="finish"),
]
