from django.urls import path

from . import views

app_name = "measures"
urlpatterns = [
    path("", views.index, name="index"),
    path("child/<uuid:public_id>/", views.of_child, name="of_child"),
    path("<uuid:public_id>/", views.answer, name="answer"),
    path("<uuid:public_id>/skip/", views.skip, name="skip"),
    path("<uuid:public_id>/thanks/", views.thanks, name="thanks"),
    path("<uuid:public_id>/change/", views.of_booking, name="of_booking"),
]
