from django.urls import path

from .views import children, family, guardians, invitations, young

app_name = "family"
urlpatterns = [
    path("", family.show_family, name="children"),
    path("add/", children.add_child, name="add_child"),
    path("join/", invitations.enter_code, name="enter_code"),
    path("invitation/<str:secret>/", invitations.show_invitation, name="invitation"),
    path("invitations/<uuid:public_id>/revoke/", invitations.revoke, name="revoke_invitation"),
    path("guardians/<uuid:public_id>/end/", guardians.end_guardianship, name="end_guardianship"),
    path("rest/", young.rest, name="rest"),
    path("<uuid:public_id>/limits/", young.limits, name="limits"),
    path("<uuid:public_id>/password/", young.help_back_in, name="help_back_in"),
    path("<uuid:public_id>/", children.edit_child, name="edit_child"),
    path("<uuid:public_id>/archive/", children.archive_child, name="archive_child"),
    path("<uuid:public_id>/invite/<str:kind>/", invitations.invite, name="invite"),
]
