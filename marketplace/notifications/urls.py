from django.urls import path

from . import views

urlpatterns = [
    path("inbox/", views.show_inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="inbox_read_all"),
    path("inbox/<uuid:public_id>/", views.open_message, name="inbox_open"),
    path("dev/outbox/", views.show_outbox, name="outbox"),
]
