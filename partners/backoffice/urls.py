from django.urls import path

from .views import questions, shifts

app_name = "backoffice"
urlpatterns = [
    path("questions/", questions.questions, name="questions"),
    path("questions/<uuid:public_id>/", questions.question, name="question"),
    path("shifts/", shifts.shifts, name="shifts"),
    path("shifts/<int:pk>/end/", shifts.end_shift, name="end_shift"),
]
