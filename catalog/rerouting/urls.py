"""Where a family chooses what to do instead; under /rerouting/."""

from django.urls import path

from . import views

app_name = "rerouting"

urlpatterns = [
    path("<uuid:public_id>/", views.choose, name="choose"),
    path("<uuid:public_id>/refund/", views.refund, name="refund"),
    path("<uuid:public_id>/replace/", views.replace, name="replace"),
]
