from django.urls import path

from . import answers

app_name = "fhir"
urlpatterns = [
    path("metadata", answers.metadata, name="metadata"),
    path("Practitioner", answers.practitioners, name="practitioners"),
    path("Practitioner/<str:written>", answers.practitioner, name="practitioner"),
    path("Schedule", answers.schedules, name="schedules"),
    path("Schedule/<str:written>", answers.schedule, name="schedule"),
    path("HealthcareService", answers.services, name="services"),
    path("HealthcareService/<str:written>", answers.service, name="service"),
    path("Slot", answers.slots, name="slots"),
    path("Slot/<str:written>", answers.slot, name="slot"),
    path("Appointment", answers.appointments, name="appointments"),
    path("Appointment/<str:written>", answers.appointment, name="appointment"),
]
