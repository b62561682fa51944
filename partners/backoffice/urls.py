from django.urls import path

from . import views

app_name = "backoffice"
urlpatterns = [
    path("questions/", views.questions, name="questions"),
    path("questions/<uuid:public_id>/", views.question, name="question"),
]
