from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.show_hub, name="hub"),
    path("notice/", views.show_privacy, name="privacy"),
    path("not-built/", views.show_not_built, name="not_built"),
    path("claims/", views.show_claims, name="claims"),
    path("processing/", views.show_processing, name="processing"),
    path("assessments/", views.assessments, name="assessments"),
    path("assessments/<slug:activity>/", views.assess, name="assess"),
]
