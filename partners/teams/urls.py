from django.urls import path

from .views import joining, leaving, team

app_name = "teams"
urlpatterns = [
    path("", team.team, name="team"),
    path("invite/", team.send_invitation, name="invite"),
    path("invitations/<uuid:public_id>/withdraw/", team.withdraw_invitation, name="withdraw"),
    path("people/<uuid:public_id>/", team.member, name="member"),
    path("people/<uuid:public_id>/remove/", leaving.remove_member, name="remove"),
    path("leave/", leaving.leave_team, name="leave"),
    path("choose/", leaving.choose, name="choose"),
    path("join/<str:secret>/", joining.join, name="join"),
]
