from django.urls import URLPattern, path

from . import views

app_name = "submissions"

urlpatterns: list[URLPattern] = [
    path("", views.send, name="send"),
    path("mine/", views.mine, name="mine"),
    path("mine/<uuid:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("desk/", views.desk, name="desk"),
    path("desk/<uuid:public_id>/", views.read, name="read"),
    path("desk/<uuid:public_id>/file/", views.file, name="file"),
    path("desk/<uuid:public_id>/accept/", views.accept, name="accept"),
    path("desk/<uuid:public_id>/decline/", views.decline, name="decline"),
]
