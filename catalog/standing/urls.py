"""Public pages about what may be offered and why something may not; under /standards/."""

from django.urls import path

from . import views

app_name = "standing"

urlpatterns = [
    path("", views.standards, name="standards"),
    path("versions/<int:number>/", views.standards, name="version"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<uuid:public_id>/", views.decision, name="decision"),
    path("decisions/<uuid:public_id>/appeal/", views.appeal, name="appeal"),
    path("decisions/<uuid:public_id>/answer/", views.answer, name="answer"),
]
