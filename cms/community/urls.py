from django.urls import URLPattern, URLResolver, path

from .moderation.urls import urlpatterns as desk_urlpatterns
from .views import acting, reading, unmasking, writing

app_name = "community"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", reading.home, name="home"),
    path("about/", reading.about, name="about"),
    path("age/", reading.choose_band, name="choose_band"),
    path("topic/<slug:slug>/", reading.topic, name="topic"),
    path("topic/<slug:slug>/write/", writing.write, name="write"),
    path("thread/<uuid:public_id>/", reading.thread, name="thread"),
    path("thread/<uuid:public_id>/reply/", writing.reply, name="reply"),
    path("thread/<uuid:public_id>/show-all/", acting.show_all, name="show_all"),
    path("picture/<uuid:public_id>.jpg", reading.picture, name="picture"),
    path("mine/", writing.mine, name="mine"),
    path("mine/<uuid:public_id>/", writing.own, name="own"),
    path("mine/<uuid:public_id>/send/", writing.send, name="send"),
    path("who/", unmasking.questions, name="unmaskings"),
    path("who/<uuid:public_id>/decide/", unmasking.decide, name="decide_unmasking"),
    path("who/<uuid:public_id>/open/", unmasking.opened, name="open_unmasking"),
    path("who/<slug:kind>/<uuid:public_id>/", unmasking.ask, name="ask_who"),
    path("<slug:kind>/<uuid:public_id>/hug/", acting.hug, name="hug"),
    path("<slug:kind>/<uuid:public_id>/mute/", acting.mute, name="mute"),
    path("<slug:kind>/<uuid:public_id>/block/", acting.block, name="block"),
    path("<slug:kind>/<uuid:public_id>/withdraw/", acting.withdraw, name="withdraw"),
    path("<slug:kind>/<uuid:public_id>/undo/", acting.undo, name="undo"),
    *desk_urlpatterns,
]
