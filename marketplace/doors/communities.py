"""Communities: their portal, our staff's side of it, and the activities anybody may come to."""

from .kinds import CONTENT_ON_DUTY, EVERYONE, FINANCE_ON_DUTY, MANAGERS, SIGNED_IN, Door, Whose

#: By URL name, namespace included. A community's workers are tried in tests/partners/communities/test_pages.py.
COMMUNITIES: dict[str, Door] = {
    "communities:home": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "communities:plan_new": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "communities:plan": Door(MANAGERS, Whose.OWN_ORGANISATION, of="community's activity"),
    "communities:plan_edit": Door(MANAGERS, Whose.OWN_ORGANISATION, of="community's activity"),
    "communities:version": Door(MANAGERS, Whose.OWN_ORGANISATION, of="version of an activity"),
    "communities:publish": Door(MANAGERS, Whose.OWN_ORGANISATION, of="community's activity", posts=True),
    "communities:call_off": Door(MANAGERS, Whose.OWN_ORGANISATION, of="community's activity", posts=True),
    "communities:proposal": Door(MANAGERS, Whose.OWN_ORGANISATION, of="community's activity"),
    "communities:draft": Door(MANAGERS, Whose.OWN_ORGANISATION, of="community's activity", posts=True),
    "communities:accept": Door(MANAGERS, Whose.OWN_ORGANISATION, of="community's activity", posts=True),
    "communities:ask_grant": Door(MANAGERS, Whose.OWN_ORGANISATION, of="community's activity", posts=True),
    "communities:use_fund": Door(MANAGERS, Whose.OWN_ORGANISATION, of="community's activity", posts=True),
    "communities:doors": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "communities:door": Door(MANAGERS, Whose.OWN_ORGANISATION, of="community's activity"),
    "communities:visits": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "communities:plan_visit": Door(MANAGERS, Whose.OWN_ORGANISATION, of="visit to bring", posts=True),
    "communities:rounds": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "communities:hand_over": Door(MANAGERS, Whose.OWN_ORGANISATION, of="visit to bring"),
    "communities:missed": Door(MANAGERS, Whose.OWN_ORGANISATION, of="visit to bring", posts=True),
    "communities:needs": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "communities:invitations": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "communities:campaigns": Door(CONTENT_ON_DUTY, Whose.STAFF_QUEUE),
    "communities:grants": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "communities:open_grant": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="activity that asks for money", posts=True),
    "activities:list": Door(EVERYONE),
    "activities:detail": Door(EVERYONE, of="public activity"),
    "activities:sign_up": Door(SIGNED_IN, of="public activity", posts=True),
    "activities:cancel": Door(SIGNED_IN, Whose.OWN, of="activity sign-up", posts=True),
    "activities:answer": Door(SIGNED_IN, Whose.OWN, of="activity sign-up", posts=True),
}
