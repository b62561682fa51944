from django.urls import path

from .views import deliveries, door, invitations, needs, plans, proposals

app_name = "communities"
urlpatterns = [
    path("", plans.home, name="home"),
    path("plans/new/", plans.plan_new, name="plan_new"),
    path("plans/<uuid:public_id>/", plans.plan, name="plan"),
    path("plans/<uuid:public_id>/edit/", plans.plan_edit, name="plan_edit"),
    path("plans/<uuid:public_id>/versions/<int:number>/", plans.version, name="version"),
    path("plans/<uuid:public_id>/publish/", plans.publish, name="publish"),
    path("plans/<uuid:public_id>/call-off/", plans.call_off, name="call_off"),
    path("plans/<uuid:public_id>/proposal/", proposals.proposal, name="proposal"),
    path("plans/<uuid:public_id>/proposal/draft/", proposals.draft, name="draft"),
    path("plans/<uuid:public_id>/proposal/accept/", proposals.accept, name="accept"),
    path("plans/<uuid:public_id>/grant/", proposals.ask_grant, name="ask_grant"),
    path("plans/<uuid:public_id>/fund/", proposals.use_fund, name="use_fund"),
    path("doors/", door.doors, name="doors"),
    path("doors/<uuid:public_id>/", door.door, name="door"),
    path("visits/", deliveries.visits, name="visits"),
    path("visits/<uuid:public_id>/plan/", deliveries.plan_visit, name="plan_visit"),
    path("rounds/", deliveries.rounds, name="rounds"),
    path("rounds/<uuid:public_id>/", deliveries.hand_over, name="hand_over"),
    path("rounds/<uuid:public_id>/missed/", deliveries.missed, name="missed"),
    path("needs/", needs.needs, name="needs"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("desk/campaigns/", invitations.campaigns, name="campaigns"),
    path("desk/grants/", invitations.grants, name="grants"),
    path("desk/grants/<uuid:public_id>/open/", invitations.open_grant, name="open_grant"),
]
