from django.urls import path

from .views import desk, writing

app_name = "letters"
urlpatterns = [
    path("", writing.index, name="index"),
    path("new/", writing.write, name="write"),
    path("desk/", desk.desk, name="desk"),
    path("desk/figures.json", desk.figures, name="figures"),
    path("desk/<uuid:public_id>/", desk.case, name="case"),
    path("desk/<uuid:public_id>/take/", desk.take, name="take"),
    path("desk/<uuid:public_id>/answer/", desk.answer, name="answer"),
    path("desk/<uuid:public_id>/hand-over/", desk.hand_over, name="hand_over"),
    path("desk/<uuid:public_id>/note/", desk.note, name="note"),
    path("desk/<uuid:public_id>/end/", desk.end, name="end"),
    path("desk/<uuid:public_id>/worry/", desk.worry, name="worry"),
    path("<uuid:public_id>/", writing.thread, name="thread"),
    path("<uuid:public_id>/more/", writing.write_on, name="write_on"),
    path("<uuid:public_id>/close/", writing.close, name="close"),
    path("<uuid:public_id>/delete/", writing.delete, name="delete"),
]
