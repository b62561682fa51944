from django.urls import path

from .views import desk, public

app_name = "council"
urlpatterns = [
    path("", public.index, name="index"),
    path("propose/", public.propose, name="propose"),
    path("propose/<uuid:public_id>/withdraw/", public.withdraw, name="withdraw"),
    path("desk/", desk.questions, name="desk"),
    path("desk/new/", desk.new, name="new"),
    path("desk/proposals/", desk.proposals, name="proposals"),
    path("desk/proposals/<uuid:public_id>/", desk.proposal, name="proposal"),
    path("desk/proposals/<uuid:public_id>/review/", desk.review, name="review"),
    path("desk/<uuid:public_id>/", desk.case, name="case"),
    path("desk/<uuid:public_id>/publish/", desk.publish, name="publish"),
    path("desk/<uuid:public_id>/answer/", desk.answer, name="answer"),
    path("<uuid:public_id>/", public.question, name="question"),
    path("<uuid:public_id>/vote/", public.vote, name="vote"),
]
