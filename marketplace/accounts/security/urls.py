"""Ours before allauth's of the same address."""

from django.urls import path

from . import views

urlpatterns = [
    path("2fa/totp/activate/", views.SetUpTotpView.as_view(), name="mfa_activate_totp"),
    path("2fa/recovery-codes/", views.BackupCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("sessions/", views.sessions, name="usersessions_list"),
]
