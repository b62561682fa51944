"""Addresses of the desk, of readers' reports, and of authors who wait. Included by the community's own."""

from django.urls import URLPattern, path

from .views import authors, case, desk, holds, public

urlpatterns: list[URLPattern] = [
    path("desk/", desk.queue, name="desk"),
    path("desk/settled/", desk.settled, name="desk_settled"),
    path("desk/waits/", desk.waits, name="desk_waits"),
    path("desk/training/", desk.training, name="desk_training"),
    path("desk/rest/", desk.rest, name="desk_rest"),
    path("desk/rest/end/", desk.end_rest, name="desk_rest_end"),
    path("desk/holds/", holds.holds, name="holds"),
    path("desk/holds/begin/", holds.begin, name="hold_begin"),
    path("desk/holds/drill/", holds.drill, name="hold_drill"),
    path("desk/holds/<uuid:public_id>/", holds.hold, name="hold"),
    path("desk/holds/<uuid:public_id>/confirm/", holds.confirm, name="hold_confirm"),
    path("desk/holds/<uuid:public_id>/note/", holds.note, name="hold_note"),
    path("desk/holds/<uuid:public_id>/end/", holds.end, name="hold_end"),
    path("desk/decision/<uuid:public_id>/undo/", case.undo, name="desk_undo"),
    path("desk/<uuid:public_id>/", case.case, name="desk_case"),
    path("desk/<uuid:public_id>/claim/", case.claim, name="desk_claim"),
    path("desk/<uuid:public_id>/open/", case.open_words, name="desk_open"),
    path("desk/<uuid:public_id>/put-back/", case.put_back, name="desk_put_back"),
    path("desk/<uuid:public_id>/decide/", case.decide, name="desk_decide"),
    path("desk/<uuid:public_id>/pull-back/", case.pull_back, name="desk_pull_back"),
    path("desk/<uuid:public_id>/picture.jpg", case.picture, name="desk_picture"),
    path("mine/<slug:kind>/<uuid:public_id>/waiting/", authors.waiting, name="waiting"),
    path("mine/decision/<uuid:public_id>/again/", authors.ask_again, name="ask_again"),
    path("after-a-loss/", public.after_a_loss, name="after_a_loss"),
    path("<slug:kind>/<uuid:public_id>/report/", public.report, name="report"),
    path("<slug:kind>/<uuid:public_id>/reported/", public.reported, name="reported"),
]
