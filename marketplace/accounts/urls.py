"""Ours before allauth's of the same address; marketplace.urls includes allauth's after these."""

from django.urls import path

from . import views
from .security.decorators import slow_form

urlpatterns = [
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("signup/", slow_form("signup")(views.SignupView.as_view()), name="account_signup"),
    path("login/code/confirm/", views.ConfirmLoginCodeView.as_view(), name="account_confirm_login_code"),
    path("password/reset/", views.PasswordResetView.as_view(), name="account_reset_password"),
    path("password/new/", views.choose_password, name="account_choose_password"),
    path("settings/", views.settings_page, name="account_settings"),
    path("agreements/", views.accept_agreements, name="accept_agreements"),
    path("agreements/<str:kind>/", views.show_agreement, name="agreement"),
]
