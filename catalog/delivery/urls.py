from django.urls import path

from . import views

app_name = "delivery"
urlpatterns = [
    path("", views.visits, name="visits"),
    path("ask/<uuid:public_id>/", views.ask, name="ask"),
    path("<uuid:public_id>/", views.detail, name="detail"),
    path("<uuid:public_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:public_id>/code/", views.renew_code, name="renew_code"),
]
