"""All desks of our staff, colleagues, what is sold; schools and hospitals."""

from .kinds import (
    MANAGERS,
    PRACTITIONERS,
    PRIVACY_ON_DUTY,
    REVIEW_ON_DUTY,
    STAFF,
    SUPERUSERS,
    Door,
    Whose,
)

#: By URL name, namespace included.
BACK_OFFICE: dict[str, Door] = {
    "schools:home": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "schools:packs": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "schools:list": Door(MANAGERS, Whose.OWN_ORGANISATION, of="kind of school list"),
    "schools:undo": Door(MANAGERS, Whose.OWN_ORGANISATION, of="kind of school list", posts=True),
    "schools:export": Door(MANAGERS, Whose.OWN_ORGANISATION, of="kind of school list"),
    "schools:template": Door(MANAGERS, Whose.OWN_ORGANISATION, of="kind of school list"),
    "schools:draft": Door(MANAGERS, Whose.OWN_ORGANISATION, of="draft of a school list"),
    "schools:decide": Door(MANAGERS, Whose.OWN_ORGANISATION, of="draft of a school list", posts=True),
    "hospitals:home": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "hospitals:letter": Door(MANAGERS, Whose.OWN_ORGANISATION, of="letter to a hospital"),
    "hospitals:act": Door(MANAGERS, Whose.OWN_ORGANISATION, of="letter to a hospital", posts=True),
    "hospitals:fhir": Door(MANAGERS, Whose.OWN_ORGANISATION, of="letter to a hospital"),
    "referrals:mine": Door(PRACTITIONERS, Whose.OWN_ORGANISATION),
    "referrals:new": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="client's booking"),
    "referrals:letter": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="own referral letter"),
    "backoffice:home": Door(STAFF, Whose.STAFF_QUEUE),
    "backoffice:people": Door(PRIVACY_ON_DUTY | SUPERUSERS, Whose.STAFF_QUEUE),
    "backoffice:colleague": Door(PRIVACY_ON_DUTY | SUPERUSERS, Whose.STAFF_QUEUE, of="one of our staff"),
    "backoffice:decide_change": Door(
        PRIVACY_ON_DUTY | SUPERUSERS, Whose.STAFF_QUEUE, of="change of duties", posts=True
    ),
    "backoffice:catalogue": Door(REVIEW_ON_DUTY, Whose.STAFF_QUEUE),
    "backoffice:product": Door(REVIEW_ON_DUTY, Whose.STAFF_QUEUE, of="product at the desk"),
}
