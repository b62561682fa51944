from django.urls import path

from .views import asking, certificates, staff

app_name = "data_rights"
urlpatterns = [
    path("", asking.index, name="index"),
    path("copy/<uuid:subject>/", asking.ask_copy, name="ask_copy"),
    path("correct/<uuid:subject>/", asking.ask_correction, name="ask_correction"),
    path("erase/<uuid:subject>/", asking.ask_erasure, name="ask_erasure"),
    path("requests/<uuid:public_id>/", asking.follow, name="request"),
    path("requests/<uuid:public_id>/withdraw/", asking.withdraw, name="withdraw"),
    path("requests/<uuid:public_id>/download/", asking.download, name="download"),
    path("certificates/<uuid:public_id>/", certificates.certificate, name="certificate"),
    path("certificates/<uuid:public_id>/file/", certificates.certificate_file, name="certificate_file"),
    path("staff/", staff.queue, name="queue"),
    path("staff/verify/", staff.verify, name="verify"),
    path("staff/corrections/<uuid:public_id>/", staff.answer, name="answer"),
    path("staff/requests/<uuid:public_id>/retry/", staff.retry, name="retry"),
]
