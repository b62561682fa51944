from django.urls import path

from .views import acting, concern, desk, drills, people, training

app_name = "concerns"

urlpatterns = [
    path("", desk.show, name="desk"),
    path("queue/", desk.queue, name="queue"),
    path("figures/", desk.figures, name="figures"),
    path("drills/", drills.show, name="drills"),
    path("drills/start/", drills.start, name="drill_start"),
    path("training/", training.show, name="training"),
    path("training/record/", training.record, name="training_record"),
    path("<uuid:public_id>/", concern.show, name="concern"),
    path("<uuid:public_id>/person/", people.person, name="person"),
    path("<uuid:public_id>/take/", acting.take, name="take"),
    path("<uuid:public_id>/release/", acting.release, name="release"),
    path("<uuid:public_id>/hand-over/", acting.hand_over, name="hand_over"),
    path("<uuid:public_id>/note/", acting.note, name="note"),
    path("<uuid:public_id>/step/", acting.step, name="step"),
    path("<uuid:public_id>/told/", acting.told, name="told"),
    path("<uuid:public_id>/urgency/", acting.urgency, name="urgency"),
    path("<uuid:public_id>/close/", acting.close, name="close"),
    path("<uuid:public_id>/reopen/", acting.reopen, name="reopen"),
    path("<uuid:public_id>/call/", acting.call, name="call"),
    path("<uuid:public_id>/unseal/", people.unseal, name="unseal"),
    path("<uuid:public_id>/decide/", people.decide, name="decide"),
]
