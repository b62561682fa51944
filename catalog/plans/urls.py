from django.urls import path

from . import views

app_name = "plans"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:public_id>/", views.plan, name="plan"),
    path("<uuid:public_id>/history/", views.history, name="history"),
    path("steps/<uuid:public_id>/book/", views.book, name="book"),
]
