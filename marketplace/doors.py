"""The door map: every address of the site, who may open it, and whose data is behind it.

One line per URL name, checked by `make show-doors` and tests/house/test_doors.py: they walk every address of the resolver
as everyone below and as a stranger of the same kind (another family, another clinic), and fail on an address without a
line here, on a door that opens to somebody not named here, and on one that stays shut to somebody who is.

A new address gets a line in DOORS. Where it takes a parameter, `of` names the thing it is about; how such a thing is made
for a person stands in tests/support/door_things.py.
"""

from dataclasses import dataclass
from enum import StrEnum


class Visitor(StrEnum):
    """Who stands before a door. Staff on duty are told apart by duty; a superuser without a shift is not on duty."""

    ANONYMOUS = "anonymous"
    FAMILY = "family"
    TEEN = "teen"
    PRACTITIONER = "practitioner"
    PARTNER_STAFF = "partner_staff"
    STAFF = "staff"  # our staff, not on duty now
    SUPPORT = "support"
    SAFETY = "safety"
    REVIEW = "review"
    PRIVACY = "privacy"
    FINANCE = "finance"
    SUPERUSER = "superuser"


class Whose(StrEnum):
    """Whose data a page shows."""

    NONE = "none"  # nobody's: public, or only what the visitor types
    OWN = "own"
    OWN_CHILD = "own child's"
    OWN_ORGANISATION = "own organisation's"
    STAFF_QUEUE = "staff queue"
    DEMO = "everybody's, in the demo only"
    SECRET = "whoever holds the secret link or code"  # noqa: S105


Who = frozenset[Visitor]

EVERYONE: Who = frozenset(Visitor)
NOBODY: Who = frozenset()
SIGNED_IN: Who = EVERYONE - {Visitor.ANONYMOUS}
TEENS: Who = frozenset({Visitor.TEEN})
GROWN_UPS: Who = SIGNED_IN - TEENS
FAMILIES: Who = frozenset({Visitor.FAMILY, Visitor.TEEN})
CARERS: Who = frozenset({Visitor.PRACTITIONER, Visitor.PARTNER_STAFF})
MANAGERS: Who = frozenset({Visitor.PARTNER_STAFF})
PRACTITIONERS: Who = frozenset({Visitor.PRACTITIONER})
SUPPORT_ON_DUTY: Who = frozenset({Visitor.SUPPORT})
SAFETY_ON_DUTY: Who = frozenset({Visitor.SAFETY})
REVIEW_ON_DUTY: Who = frozenset({Visitor.REVIEW})
PRIVACY_ON_DUTY: Who = frozenset({Visitor.PRIVACY})
FINANCE_ON_DUTY: Who = frozenset({Visitor.FINANCE})
ON_DUTY: Who = SUPPORT_ON_DUTY | SAFETY_ON_DUTY | REVIEW_ON_DUTY | PRIVACY_ON_DUTY | FINANCE_ON_DUTY
STAFF: Who = ON_DUTY | {Visitor.STAFF, Visitor.SUPERUSER}
SUPERUSERS: Who = frozenset({Visitor.SUPERUSER})


@dataclass(frozen=True)
class Door:
    """One address.

    `of`: the thing its parameters name ("order", "booking", ...). `posts`: it only takes what is sent to it (GET is 405).
    `passes`: it may lead on to another page, because nothing is to be done here now.
    """

    who: Who
    whose: Whose = Whose.NONE
    of: str = ""
    posts: bool = False
    passes: bool = False


#: By URL name, namespace included.
DOORS: dict[str, Door] = {
    # --- the ground floor ------------------------------------------------------------------------------
    "health": Door(EVERYONE),
    "home": Door(EVERYONE),
    "me": Door(SIGNED_IN, Whose.OWN),
    "display": Door(EVERYONE, posts=True),
    "styleguide": Door(EVERYONE),
    "set_language": Door(EVERYONE, passes=True),
    "media": Door(EVERYONE, of="file"),
    "crisis": Door(EVERYONE),
    "talk": Door(EVERYONE),
    "inbox": Door(SIGNED_IN, Whose.OWN),
    "inbox_read_all": Door(SIGNED_IN, Whose.OWN, posts=True),
    "inbox_open": Door(SIGNED_IN, Whose.OWN, of="message", posts=True),
    "outbox": Door(EVERYONE, Whose.DEMO),
    # --- accounts ---------------------------------------------------------------------------------------
    "account_login": Door(EVERYONE, passes=True),
    "account_signup": Door(EVERYONE, passes=True),
    "account_signup_teen": Door(EVERYONE, passes=True),
    "account_recover": Door(EVERYONE),
    "account_recovery_codes": Door(TEENS, Whose.OWN),
    "account_logout": Door(EVERYONE, passes=True),
    "account_inactive": Door(EVERYONE),
    "account_request_login_code": Door(EVERYONE, passes=True),
    "account_confirm_login_code": Door(EVERYONE, passes=True),
    "account_reset_password": Door(EVERYONE, passes=True),
    "account_confirm_password_reset_code": Door(EVERYONE, passes=True),
    "account_complete_password_reset": Door(EVERYONE, passes=True),
    "account_password_reset_completed": Door(EVERYONE, passes=True),
    "account_email_verification_sent": Door(EVERYONE, passes=True),
    "account_verify_phone": Door(EVERYONE, passes=True),
    "accept_agreements": Door(EVERYONE, passes=True),
    "agreement": Door(EVERYONE, of="agreement"),
    "account_settings": Door(SIGNED_IN, Whose.OWN),
    "account_choose_password": Door(SIGNED_IN, Whose.OWN, passes=True),
    "account_change_password": Door(SIGNED_IN, Whose.OWN, passes=True),
    "account_set_password": Door(SIGNED_IN, Whose.OWN, passes=True),
    "account_change_phone": Door(SIGNED_IN, Whose.OWN, passes=True),
    "account_email": Door(SIGNED_IN, Whose.OWN, passes=True),
    "account_reauthenticate": Door(SIGNED_IN, Whose.OWN, passes=True),
    "mfa_authenticate": Door(EVERYONE, passes=True),
    "mfa_index": Door(SIGNED_IN, Whose.OWN),
    "mfa_reauthenticate": Door(SIGNED_IN, Whose.OWN, passes=True),
    "mfa_activate_totp": Door(SIGNED_IN, Whose.OWN, passes=True),
    "mfa_deactivate_totp": Door(SIGNED_IN, Whose.OWN, passes=True),
    "mfa_view_recovery_codes": Door(SIGNED_IN, Whose.OWN, passes=True),
    "mfa_generate_recovery_codes": Door(SIGNED_IN, Whose.OWN, passes=True),
    "mfa_download_recovery_codes": Door(SIGNED_IN, Whose.OWN, passes=True),
    "usersessions_list": Door(SIGNED_IN, Whose.OWN),
    # --- families -----------------------------------------------------------------------------------------
    "family:children": Door(SIGNED_IN, Whose.OWN_CHILD),
    "family:add_child": Door(SIGNED_IN, Whose.OWN_CHILD),
    "family:edit_child": Door(SIGNED_IN - {Visitor.TEEN}, Whose.OWN_CHILD, of="child"),
    "family:archive_child": Door(SIGNED_IN - {Visitor.TEEN}, Whose.OWN_CHILD, of="child"),
    "family:invite": Door(SIGNED_IN, Whose.OWN_CHILD, of="wish to invite"),
    "family:enter_code": Door(EVERYONE),
    "family:invitation": Door(EVERYONE, Whose.SECRET, of="family invitation"),
    "family:revoke_invitation": Door(SIGNED_IN, Whose.OWN_CHILD, of="own invitation", posts=True),
    "family:end_guardianship": Door(SIGNED_IN, Whose.OWN_CHILD, of="second guardian"),
    "family:rest": Door(SIGNED_IN, Whose.OWN, passes=True),
    "family:limits": Door(SIGNED_IN - {Visitor.TEEN}, Whose.OWN_CHILD, of="child"),
    "family:help_back_in": Door(SIGNED_IN, Whose.OWN_CHILD, of="child with an account", passes=True),
    # --- consent, privacy -------------------------------------------------------------------------------
    "consent:index": Door(SIGNED_IN, Whose.OWN_CHILD),
    "consent:grant": Door(SIGNED_IN, Whose.OWN_CHILD),  # everybody here has a child, or is one
    "consent:detail": Door(SIGNED_IN, Whose.OWN_CHILD, of="consent"),
    "consent:answer": Door(SIGNED_IN, Whose.OWN_CHILD, of="proposal", posts=True),
    "consent:revoke": Door(SIGNED_IN, Whose.OWN_CHILD, of="consent", posts=True),
    "notices:hub": Door(EVERYONE),
    "notices:privacy": Door(EVERYONE),
    "notices:not_built": Door(EVERYONE),
    "notices:processing": Door(EVERYONE),
    "notices:claims": Door(EVERYONE),
    "notices:assessments": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE),
    "notices:assess": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="processing activity"),
    "access_log:index": Door(SIGNED_IN, Whose.OWN),
    "access_log:download": Door(SIGNED_IN, Whose.OWN),
    "data_rights:index": Door(SIGNED_IN, Whose.OWN),
    "data_rights:ask_copy": Door(SIGNED_IN, Whose.OWN, of="data subject"),
    "data_rights:ask_correction": Door(SIGNED_IN, Whose.OWN, of="data subject"),
    "data_rights:ask_erasure": Door(SIGNED_IN, Whose.OWN, of="data subject", passes=True),
    "data_rights:request": Door(SIGNED_IN, Whose.OWN, of="data request"),
    "data_rights:withdraw": Door(SIGNED_IN, Whose.OWN, of="data request", posts=True),
    "data_rights:download": Door(SIGNED_IN, Whose.OWN, of="copy of one's data", passes=True),
    "data_rights:certificate": Door(EVERYONE, Whose.SECRET, of="erasure"),
    "data_rights:certificate_file": Door(EVERYONE, Whose.SECRET, of="erasure"),
    "data_rights:queue": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE),
    "data_rights:verify": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE),
    "data_rights:answer": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="correction"),
    "data_rights:retry": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="stuck request", posts=True),
    "complaints:new": Door(EVERYONE),
    "complaints:find": Door(EVERYONE),
    "complaints:mine": Door(SIGNED_IN, Whose.OWN),
    "complaints:status": Door(EVERYONE, Whose.SECRET, of="complaint"),
    "complaints:filed": Door(EVERYONE, Whose.SECRET, of="complaint", passes=True),
    "complaints:reply": Door(EVERYONE, Whose.SECRET, of="complaint", posts=True),
    "complaints:object": Door(EVERYONE, Whose.SECRET, of="complaint", posts=True),
    "complaints:accept": Door(EVERYONE, Whose.SECRET, of="complaint", posts=True),
    "council:index": Door(EVERYONE),
    "council:question": Door(EVERYONE, of="council question"),
    "council:vote": Door(TEENS, Whose.OWN, of="council question", posts=True),
    "council:propose": Door(TEENS, Whose.OWN),
    "council:withdraw": Door(TEENS, Whose.OWN, of="council proposal", posts=True),
    "council:desk": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE),
    "council:new": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE),
    "council:case": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="council draft"),
    "council:publish": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="council draft", posts=True),
    "council:answer": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="council draft", posts=True),
    "council:proposals": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE),
    "council:proposal": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="council proposal to answer"),
    "council:review": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="council proposal to answer", posts=True),
    "complaints:queue": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE),
    "complaints:figures": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE),
    "complaints:case": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="complaint to look into"),
    "complaints:take": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="complaint to look into", posts=True),
    "complaints:ask_back": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="complaint to look into", posts=True),
    "complaints:note": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="complaint to look into", posts=True),
    "complaints:hand_on": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="complaint to look into", posts=True),
    "complaints:answer": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="complaint to look into", posts=True),
    "retention:schedule": Door(EVERYONE),
    "retention:desk": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE),
    "retention:dry_run": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE),
    "retention:set_hold": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE),
    "retention:release_hold": Door(PRIVACY_ON_DUTY, Whose.STAFF_QUEUE, of="hold", posts=True),
    # --- the shop -----------------------------------------------------------------------------------------
    "browse:index": Door(EVERYONE),
    "browse:compare": Door(EVERYONE),
    "browse:provider": Door(EVERYONE, of="provider"),
    "browse:product": Door(EVERYONE, of="product"),
    "browse:category": Door(EVERYONE, of="category"),
    "browse:saved": Door(SIGNED_IN, Whose.OWN),
    "browse:change_saved": Door(SIGNED_IN, Whose.OWN, of="what can be saved", posts=True),
    "basket:summary": Door(SIGNED_IN, Whose.OWN),
    "basket:choose": Door(SIGNED_IN, Whose.OWN, of="offer"),
    "basket:series": Door(SIGNED_IN, Whose.OWN, of="series offer"),
    "basket:together": Door(SIGNED_IN, Whose.OWN, of="offer"),
    "basket:add": Door(SIGNED_IN, Whose.OWN, of="goods", posts=True),
    "basket:remove": Door(SIGNED_IN, Whose.OWN, of="basket line", posts=True),
    "basket:update": Door(SIGNED_IN, Whose.OWN, of="basket line", posts=True),
    "basket:code": Door(SIGNED_IN, Whose.OWN, posts=True),
    "basket:remove_code": Door(SIGNED_IN, Whose.OWN, posts=True),
    "vouchers:mine": Door(SIGNED_IN, Whose.OWN),
    "vouchers:share": Door(SIGNED_IN, Whose.OWN, posts=True),
    "vouchers:arrive": Door(EVERYONE, Whose.SECRET, of="shared link"),
    "credits:index": Door(SIGNED_IN, Whose.OWN),
    "credits:detail": Door(SIGNED_IN, Whose.OWN, of="credits"),
    "credits:refund": Door(SIGNED_IN, Whose.OWN, of="credits"),
    "returns:index": Door(SIGNED_IN, Whose.OWN),
    "returns:ask": Door(SIGNED_IN, Whose.OWN, of="line of goods", passes=True),
    "returns:cancel": Door(SIGNED_IN, Whose.OWN, of="line of goods", passes=True),
    "returns:course": Door(SIGNED_IN, Whose.OWN, of="course"),
    "returns:detail": Door(SIGNED_IN, Whose.OWN, of="return"),
    "returns:sent": Door(SIGNED_IN, Whose.OWN, of="return", posts=True),
    "returns:withdraw": Door(SIGNED_IN, Whose.OWN, of="return", posts=True),
    "checkout:index": Door(SIGNED_IN, Whose.OWN, passes=True),
    "orders:list": Door(SIGNED_IN, Whose.OWN),
    "orders:detail": Door(SIGNED_IN, Whose.OWN, of="order"),
    "orders:cancel": Door(SIGNED_IN, Whose.OWN, of="order", passes=True),
    "orders:ask": Door(SIGNED_IN, Whose.OWN, of="order", posts=True),
    "orders:cancel_series": Door(SIGNED_IN, Whose.OWN, of="paid series"),
    "orders:cancel_booking": Door(SIGNED_IN, Whose.OWN, of="booking", passes=True),
    "bookings:list": Door(SIGNED_IN, Whose.OWN),
    "bookings:detail": Door(SIGNED_IN, Whose.OWN, of="booking"),
    "bookings:move": Door(SIGNED_IN, Whose.OWN, of="booking", passes=True),
    "bookings:mode": Door(SIGNED_IN, Whose.OWN, of="booking", passes=True),
    "bookings:phone_calendar": Door(SIGNED_IN, Whose.OWN),
    "bookings:end_phone_calendar": Door(SIGNED_IN, Whose.OWN, posts=True),
    "bookings:feed": Door(EVERYONE, Whose.SECRET, of="calendar feed"),
    "bookings:calendar": Door(SIGNED_IN, Whose.OWN, of="booking"),
    "waitlist:mine": Door(SIGNED_IN, Whose.OWN),
    "waitlist:join": Door(SIGNED_IN, Whose.OWN, of="service to wait for"),
    "waitlist:entry": Door(SIGNED_IN, Whose.OWN, of="place in a queue"),
    "waitlist:pause": Door(SIGNED_IN, Whose.OWN, of="place in a queue", posts=True),
    "waitlist:resume": Door(SIGNED_IN, Whose.OWN, of="place in a queue", posts=True),
    "waitlist:leave": Door(SIGNED_IN, Whose.OWN, of="place in a queue", posts=True),
    "waitlist:accept": Door(SIGNED_IN, Whose.OWN, of="time kept", posts=True),
    "waitlist:decline": Door(SIGNED_IN, Whose.OWN, of="time kept", posts=True),
    "plans:index": Door(SIGNED_IN, Whose.OWN_CHILD),
    "plans:plan": Door(SIGNED_IN, Whose.OWN_CHILD, of="care plan"),
    "plans:history": Door(SIGNED_IN, Whose.OWN_CHILD, of="care plan"),
    "plans:book": Door(SIGNED_IN, Whose.OWN_CHILD, of="step to book"),
    "measures:index": Door(SIGNED_IN, Whose.OWN, passes=True),
    "measures:of_child": Door(SIGNED_IN, Whose.OWN_CHILD, of="child"),
    "measures:answer": Door(SIGNED_IN, Whose.OWN_CHILD, of="session to come"),
    "measures:skip": Door(SIGNED_IN, Whose.OWN_CHILD, of="session to come", posts=True),
    "measures:thanks": Door(SIGNED_IN, Whose.OWN_CHILD, of="session to come"),
    "room:enter": Door(SIGNED_IN, Whose.OWN, of="session now"),
    "room:whereabouts": Door(SIGNED_IN, Whose.OWN, of="session now", posts=True),
    "feedback:give": Door(SIGNED_IN, Whose.OWN, of="session held"),
    "feedback:withdraw": Door(SIGNED_IN, Whose.OWN, of="feedback", posts=True),
    "feedback:of_product": Door(EVERYONE, of="product said something about"),
    "mine:library": Door(SIGNED_IN, Whose.OWN),
    "mine:open": Door(SIGNED_IN, Whose.OWN, of="course to open", posts=True),
    "mine:parcels": Door(SIGNED_IN, Whose.OWN),
    "mine:received": Door(SIGNED_IN, Whose.OWN, of="parcel", posts=True),
    "mine:course": Door(SIGNED_IN, Whose.OWN, of="course"),
    "mine:lesson": Door(SIGNED_IN, Whose.OWN, of="lesson"),
    "mine:finish": Door(SIGNED_IN, Whose.OWN, of="lesson", posts=True),
    # --- money -----------------------------------------------------------------------------------------------
    "subscriptions:plan": Door(EVERYONE),
    "subscriptions:start": Door(SIGNED_IN, Whose.OWN, posts=True),
    "subscriptions:buy": Door(SIGNED_IN, Whose.OWN, posts=True),
    "subscriptions:mine": Door(SIGNED_IN, Whose.OWN, passes=True),
    "subscriptions:choose": Door(SIGNED_IN, Whose.OWN, posts=True),
    "subscriptions:renew": Door(SIGNED_IN, Whose.OWN, passes=True),
    "subscriptions:cancel": Door(SIGNED_IN, Whose.OWN, posts=True),
    "subscriptions:refund": Door(SIGNED_IN, Whose.OWN, passes=True),
    "subscriptions:signed": Door(SIGNED_IN, Whose.OWN, of="plan agreement"),
    "subscriptions:sign_scan": Door(SIGNED_IN, Whose.OWN, of="plan agreement", passes=True),
    "payments:notify": Door(EVERYONE, of="gateway", posts=True),  # proves itself by its signature
    "payments:wechat": Door(EVERYONE, Whose.SECRET, passes=True),  # proves itself by the state that the session holds
    "payments:cashier": Door(SIGNED_IN, Whose.OWN, of="payment"),
    "payments:scan": Door(SIGNED_IN, Whose.OWN, of="payment", passes=True),
    "payments:return": Door(SIGNED_IN, Whose.OWN, of="payment", passes=True),
    "payments:status": Door(SIGNED_IN, Whose.OWN, of="payment"),
    "fapiao:request": Door(SIGNED_IN, Whose.OWN, of="paid payment"),
    "payments:list": Door(SIGNED_IN, Whose.OWN),
    "payments:payment": Door(SIGNED_IN, Whose.OWN, of="paid payment"),
    "payments:receipt": Door(SIGNED_IN, Whose.OWN, of="paid payment"),
    # --- paying for somebody else -----------------------------------------------------------------------
    "payment_requests:asked": Door(SIGNED_IN, Whose.OWN_CHILD, passes=True),
    "payment_requests:alone": Door(SIGNED_IN, Whose.OWN_CHILD),
    "payment_requests:decide": Door(GROWN_UPS, Whose.OWN_CHILD, of="payment a child made", posts=True),
    "payment_requests:guardian": Door(GROWN_UPS, Whose.OWN_CHILD, of="child's ask"),
    "payment_requests:guardian_pay": Door(GROWN_UPS, Whose.OWN_CHILD, of="child's ask", passes=True),
    "payment_requests:guardian_decline": Door(GROWN_UPS, Whose.OWN_CHILD, of="child's ask"),
    "payment_requests:guardian_revoke": Door(GROWN_UPS, Whose.OWN_CHILD, of="child's ask", posts=True),
    "payment_requests:guardian_scan": Door(GROWN_UPS, Whose.OWN_CHILD, of="child's ask", passes=True),
    "payment_requests:guardian_return": Door(GROWN_UPS, Whose.OWN_CHILD, of="child's ask"),
    "payment_requests:guardian_status": Door(GROWN_UPS, Whose.OWN_CHILD, of="child's ask"),
    "payment_requests:ask": Door(TEENS, Whose.OWN, of="payment"),
    "payment_requests:mine": Door(TEENS, Whose.OWN, of="own ask"),
    "payment_requests:mine_status": Door(TEENS, Whose.OWN, of="own ask"),
    "payment_requests:mine_link": Door(TEENS, Whose.OWN, of="own ask", posts=True),
    "payment_requests:mine_shown": Door(TEENS, Whose.OWN, of="own ask", posts=True),
    "payment_requests:mine_revoke": Door(TEENS, Whose.OWN, of="own ask"),
    "payment_requests:link": Door(EVERYONE, Whose.SECRET, of="payer's link"),
    "payment_requests:link_open": Door(EVERYONE, Whose.SECRET, of="payer's link", posts=True),
    "payment_requests:link_pay": Door(EVERYONE, Whose.SECRET, of="payer's link", passes=True),
    "payment_requests:link_decline": Door(EVERYONE, Whose.SECRET, of="payer's link", passes=True),
    "payment_requests:link_scan": Door(EVERYONE, Whose.SECRET, of="payer's link", passes=True),
    "payment_requests:link_return": Door(EVERYONE, Whose.SECRET, of="payer's link"),
    "payment_requests:link_status": Door(EVERYONE, Whose.SECRET, of="payer's link"),
    "payment_requests:link_receipt": Door(EVERYONE, Whose.SECRET, of="payer's link", passes=True),
    "fees:index": Door(EVERYONE),
    "fees:version": Door(EVERYONE, of="published rules"),
    "fees:download": Door(EVERYONE, of="published rules"),
    # --- portals -----------------------------------------------------------------------------------------------
    "clinics:day": Door(CARERS, Whose.OWN_ORGANISATION),
    "clinics:week": Door(CARERS, Whose.OWN_ORGANISATION),
    "clinics:attendance": Door(CARERS, Whose.OWN_ORGANISATION, of="client's booking", posts=True),
    "clinics:cancel": Door(CARERS, Whose.OWN_ORGANISATION, of="client's booking"),
    "clinics:move": Door(CARERS, Whose.OWN_ORGANISATION, of="session here"),
    "clinics:requests": Door(CARERS, Whose.OWN_ORGANISATION),
    "clinics:answer_request": Door(CARERS, Whose.OWN_ORGANISATION, of="client's booking", posts=True),
    "clinics:plans": Door(CARERS, Whose.OWN_ORGANISATION),
    "clinics:plan_new": Door(CARERS, Whose.OWN_ORGANISATION, of="client's booking"),
    "clinics:plan": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="own care plan"),
    "clinics:plan_history": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="own care plan"),
    "clinics:plan_start": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="own care plan", posts=True),
    "clinics:plan_end": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="own care plan"),
    "clinics:plan_words": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="own care plan"),
    "clinics:plan_goal_add": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="own care plan"),
    "clinics:plan_goal": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="goal of a plan"),
    "clinics:plan_step_add": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="own care plan"),
    "clinics:plan_step": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="step of a plan"),
    "clinics:plan_step_move": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="step of a plan", posts=True),
    "clinics:groups": Door(CARERS, Whose.OWN_ORGANISATION),
    "clinics:schedule_group": Door(CARERS, Whose.OWN_ORGANISATION, posts=True),
    "clinics:roster": Door(CARERS, Whose.OWN_ORGANISATION, of="group here"),
    "clinics:cancel_group": Door(CARERS, Whose.OWN_ORGANISATION, of="group here"),
    "clinics:waiting": Door(CARERS, Whose.OWN_ORGANISATION),
    "clinics:set_band": Door(CARERS, Whose.OWN_ORGANISATION, of="family waiting here", posts=True),
    "clinics:capacity": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "clinics:capacity_csv": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "clinics:conflicts": Door(CARERS, Whose.OWN_ORGANISATION),
    "clinics:set_rules": Door(CARERS, Whose.OWN_ORGANISATION, of="own provider", posts=True),
    "clinics:calendars": Door(CARERS, Whose.OWN_ORGANISATION),
    "clinics:calendars_of": Door(CARERS, Whose.OWN_ORGANISATION, of="own provider"),
    "clinics:add_calendar": Door(CARERS, Whose.OWN_ORGANISATION, of="own provider", posts=True),
    "clinics:remove_calendar": Door(CARERS, Whose.OWN_ORGANISATION, of="busy calendar", posts=True),
    "clinics:make_feed": Door(CARERS, Whose.OWN_ORGANISATION, posts=True),
    "clinics:stop_feed": Door(CARERS, Whose.OWN_ORGANISATION, posts=True),
    "clinics:rooms": Door(CARERS, Whose.OWN_ORGANISATION),
    "clinics:reserve_room": Door(CARERS, Whose.OWN_ORGANISATION, posts=True),
    "clinics:release_room": Door(CARERS, Whose.OWN_ORGANISATION, of="kept room", posts=True),
    "clinics:add_room": Door(MANAGERS, Whose.OWN_ORGANISATION, posts=True),
    "clinics:room_edit": Door(MANAGERS, Whose.OWN_ORGANISATION, of="own room"),
    "clinics:ask": Door(CARERS, Whose.OWN_ORGANISATION, of="client's booking"),
    "room:emergency": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="session given now"),
    "measures:of_booking": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="client's booking"),
    "notes:write": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="client's booking"),
    "notes:save": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="client's booking", posts=True),
    "notes:add": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="client's booking", posts=True),
    "notes:earlier": Door(PRACTITIONERS, Whose.OWN_ORGANISATION, of="client's booking"),
    "clinics:services": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "clinics:service_edit": Door(MANAGERS, Whose.OWN_ORGANISATION, of="service"),
    "clinics:hours": Door(CARERS, Whose.OWN_ORGANISATION, passes=True),
    "clinics:hours_of": Door(CARERS, Whose.OWN_ORGANISATION, of="own provider"),
    "clinics:add_hours": Door(CARERS, Whose.OWN_ORGANISATION, of="own provider", posts=True),
    "clinics:remove_hours": Door(CARERS, Whose.OWN_ORGANISATION, of="weekly hours", posts=True),
    "clinics:add_exception": Door(CARERS, Whose.OWN_ORGANISATION, of="own provider", posts=True),
    "clinics:remove_exception": Door(CARERS, Whose.OWN_ORGANISATION, of="exception", posts=True),
    "clinics:money": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "clinics:change_account": Door(MANAGERS, Whose.OWN_ORGANISATION, posts=True),
    "clinics:stop_account": Door(MANAGERS, Whose.OWN_ORGANISATION, of="own account change", posts=True),
    "clinics:statement": Door(MANAGERS, Whose.OWN_ORGANISATION, of="statement"),
    "clinics:statement_csv": Door(MANAGERS, Whose.OWN_ORGANISATION, of="statement"),
    "clinics:funds": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "clinics:fund": Door(MANAGERS, Whose.OWN_ORGANISATION, of="own fund"),
    "clinics:evidence": Door(MANAGERS, Whose.OWN_ORGANISATION, of="own spend request"),
    "clinics:giving_back": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "clinics:returns": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "clinics:approve_return": Door(MANAGERS, Whose.OWN_ORGANISATION, of="return here", posts=True),
    "clinics:refuse_return": Door(MANAGERS, Whose.OWN_ORGANISATION, of="return here", posts=True),
    "clinics:receive_return": Door(MANAGERS, Whose.OWN_ORGANISATION, of="return here", posts=True),
    "clinics:shipments": Door(MANAGERS, Whose.OWN_ORGANISATION),
    "clinics:shipped": Door(MANAGERS, Whose.OWN_ORGANISATION, of="shipment", posts=True),
    "finance:goodwill": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:goodwill_decide": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="refund proposal", posts=True),
    "finance:vouchers": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:voucher_new": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:voucher_stop": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="voucher", posts=True),
    "finance:home": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:ledger": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:ledger_csv": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:differences": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:difference": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="difference"),
    "finance:decide": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="step of a decision", posts=True),
    "finance:fetch_bill": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="bill", posts=True),
    "finance:incidents": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:incident": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="incident"),
    "finance:incident_take": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="incident", posts=True),
    "finance:incident_send_again": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="incident", posts=True),
    "finance:refunds": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:refund": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="refund"),
    "finance:refund_again": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="refund", posts=True),
    "finance:disputes": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:dispute": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="dispute"),
    "finance:fapiao_queue": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:fapiao": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="fapiao"),
    "finance:funnel": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:payouts": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:payout_history": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:payout": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="payout"),
    "finance:payout_draft": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="payee", posts=True),
    "finance:payout_step": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="step of a payout", posts=True),
    "finance:payout_bank": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="payout", posts=True),
    "finance:account": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="step of an account", posts=True),
    "finance:fees": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:fee_new": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:fee": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="draft of the rules"),
    "finance:fee_publish": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="draft of the rules", posts=True),
    "finance:funds": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:fund_new": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE),
    "finance:fund": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="fund"),
    "finance:decide_allocation": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="allocation", posts=True),
    "finance:decide_request": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="spend request", posts=True),
    "finance:evidence": Door(FINANCE_ON_DUTY, Whose.STAFF_QUEUE, of="spend request"),
    "backoffice:questions": Door(SUPPORT_ON_DUTY, Whose.STAFF_QUEUE),
    "backoffice:question": Door(SUPPORT_ON_DUTY, Whose.STAFF_QUEUE, of="question"),
    "backoffice:give_money_back": Door(SUPPORT_ON_DUTY, Whose.STAFF_QUEUE, of="question", posts=True),
    "backoffice:reviews": Door(REVIEW_ON_DUTY, Whose.STAFF_QUEUE),
    "backoffice:decide_review": Door(REVIEW_ON_DUTY, Whose.STAFF_QUEUE, of="feedback", posts=True),
    "backoffice:endings": Door(REVIEW_ON_DUTY, Whose.STAFF_QUEUE),
    "backoffice:ending": Door(REVIEW_ON_DUTY, Whose.STAFF_QUEUE, of="wish to end"),
    "backoffice:emergencies": Door(SAFETY_ON_DUTY, Whose.STAFF_QUEUE),
    "backoffice:emergency": Door(SAFETY_ON_DUTY, Whose.STAFF_QUEUE, of="emergency"),
    "backoffice:urgent_words": Door(SAFETY_ON_DUTY, Whose.STAFF_QUEUE, of="urgent words"),
    "backoffice:emergency_take": Door(SAFETY_ON_DUTY, Whose.STAFF_QUEUE, of="emergency", posts=True),
    "backoffice:overrides": Door(SAFETY_ON_DUTY, Whose.STAFF_QUEUE),
    "backoffice:override_new": Door(SAFETY_ON_DUTY, Whose.STAFF_QUEUE),
    "backoffice:override": Door(SAFETY_ON_DUTY, Whose.STAFF_QUEUE, of="override"),
    "backoffice:override_decide": Door(SAFETY_ON_DUTY, Whose.STAFF_QUEUE, of="override", posts=True),
    "backoffice:override_review": Door(SAFETY_ON_DUTY, Whose.STAFF_QUEUE, of="override", posts=True),
    "backoffice:capacity": Door(STAFF, Whose.STAFF_QUEUE),
    "backoffice:capacity_csv": Door(STAFF, Whose.STAFF_QUEUE),
    "backoffice:shifts": Door(STAFF, Whose.STAFF_QUEUE),
    "backoffice:end_shift": Door(SUPERUSERS, Whose.STAFF_QUEUE, of="shift", posts=True),
}

#: WebSockets, by path: tried as everybody in tests/catalog/consultations/test_room_doors.py.
SOCKETS: dict[str, Door] = {
    "ws/room/<uuid:occupancy_id>/": Door(FAMILIES | {Visitor.PRACTITIONER}, Whose.OWN, of="session"),
}

#: Whole sites of packages, by path: Django's admin and Wagtail have hundreds of addresses with rules of their own.
SITES: dict[str, Door] = {
    "django-admin/": Door(SUPERUSERS, Whose.STAFF_QUEUE),
    "editor/": Door(NOBODY),  # nothing to edit yet
}
