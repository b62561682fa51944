from django.urls import path

from . import views

app_name = "feedback"
urlpatterns = [
    path("product/<int:pk>/", views.of_product, name="of_product"),
    path("<uuid:public_id>/", views.give, name="give"),
    path("<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
]
