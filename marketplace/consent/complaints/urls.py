from django.urls import path

from .views import desk, public

app_name = "complaints"
urlpatterns = [
    path("", public.mine, name="mine"),
    path("new/", public.new, name="new"),
    path("find/", public.find, name="find"),
    path("desk/", desk.queue, name="queue"),
    path("desk/figures.json", desk.figures, name="figures"),
    path("desk/<uuid:public_id>/", desk.case, name="case"),
    path("desk/<uuid:public_id>/take/", desk.take, name="take"),
    path("desk/<uuid:public_id>/ask/", desk.ask_back, name="ask_back"),
    path("desk/<uuid:public_id>/note/", desk.note, name="note"),
    path("desk/<uuid:public_id>/hand-on/", desk.hand_on, name="hand_on"),
    path("desk/<uuid:public_id>/answer/", desk.answer, name="answer"),
    path("<uuid:public_id>/", public.status, name="status"),
    path("<uuid:public_id>/filed/", public.filed, name="filed"),
    path("<uuid:public_id>/reply/", public.reply, name="reply"),
    path("<uuid:public_id>/object/", public.object_to, name="object"),
    path("<uuid:public_id>/accept/", public.accept, name="accept"),
]
