from django.urls import path

from .views import public

app_name = "activities"
urlpatterns = [
    path("", public.activities, name="list"),
    path("<uuid:public_id>/", public.activity, name="detail"),
    path("<uuid:public_id>/sign-up/", public.sign_up, name="sign_up"),
    path("sign-ups/<uuid:public_id>/cancel/", public.cancel, name="cancel"),
    path("sign-ups/<uuid:public_id>/answer/", public.answer, name="answer"),
]
