"""A young person's own account, among the addresses of accounts."""

from django.urls import path

from .views import recovery, signup

urlpatterns = [
    path("signup/teen/", signup.sign_up, name="account_signup_teen"),
    path("recover/", recovery.recover, name="account_recover"),
    path("recovery-codes/", recovery.recovery_codes, name="account_recovery_codes"),
]
