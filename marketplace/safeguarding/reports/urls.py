from django.urls import path

from .views import desk, reporter

app_name = "reports"

urlpatterns = [
    path("", reporter.new, name="new"),
    path("desk/<uuid:public_id>/", desk.show, name="desk"),
    path("desk/<uuid:public_id>/answer/", desk.answer, name="answer"),
    path("desk/<uuid:public_id>/reporter/", desk.reporter, name="reporter"),
    path("desk/<uuid:public_id>/unseal/", desk.unseal, name="unseal"),
    path("follow/<str:token>/", reporter.follow, name="follow"),
    path("follow/<str:token>/add/", reporter.add, name="add"),
]
