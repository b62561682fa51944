"""Asking somebody to pay, and what the one who asked may change afterwards."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from marketplace.core.throttling import Attempt
from marketplace.families.models import Child
from marketplace.families.selectors import guardians_of, young_profile_of
from payments.locks import locked_intent
from payments.models import PaymentIntent
from payments.requests import locks
from payments.requests.enums import RequestEventKind, Shown
from payments.requests.errors import (
    AskAlreadyOpen,
    AskOver,
    GuardianMissing,
    MayNotAsk,
    NothingToAsk,
    NotYourAsk,
    NotYourGuardian,
    TooManyAsks,
)
from payments.requests.models import PaymentRequest, RequestEvent
from payments.requests.rules import ASKS, may_ask, may_use_link
from payments.requests.services.telling import tell_asked
from payments.requests.tokens import digest_of, new_salt, token_of


@dataclass(frozen=True)
class Ask:
    """What the one who asks chose: whom, what may be seen, a few words.

    `guardian`: one of theirs, told in the app. `to_all`: all of them. Neither: a link only.
    """

    guardian: User | None = None
    to_all: bool = False
    shown: Collection[Shown] = field(default_factory=tuple)
    message: str = ""

    @property
    def in_app(self) -> bool:
        """Whether any guardian hears of it in the app."""
        return self.to_all or self.guardian is not None


@dataclass(frozen=True)
class Asked:
    """An ask, and the secret of its link (empty where only guardians may pay)."""

    request: PaymentRequest
    token: str


def ask_for_payment(*, intent: PaymentIntent, asked_by: User, ask: Ask) -> Asked:
    """Ask others to pay an intent until its hold ends. Joins the caller's transaction.

    Whoever is below 14 asks guardians of record only, and gets no link.

    Raises: MayNotAsk, GuardianMissing, NotYourGuardian, AskAlreadyOpen (one at a time, by the database), NothingToAsk,
    NotYourAsk, TooManyAsks.
    """
    if intent.buyer_id != asked_by.pk:
        raise NotYourAsk
    profile = _profile_that_may_ask(asked_by)
    with_link = may_use_link(profile)
    _refuse_strangers(profile, ask, with_link=with_link)
    if not Attempt(ASKS, f"user:{asked_by.pk}").begin():
        raise TooManyAsks
    with transaction.atomic():
        locked = locked_intent(intent.pk)
        now = timezone.now()
        if not locked.is_open or locked.expires_at <= now:
            raise NothingToAsk
        request = _insert(locked, asked_by, ask)
        token = _set_link(request) if with_link else ""
        _save(request)
        RequestEvent.objects.create(request=request, kind=RequestEventKind.ASKED, by=asked_by)
        tell_asked(request)
    return Asked(request, token)


def _profile_that_may_ask(user: User) -> Child:
    profile = young_profile_of(user)
    if profile is None or not may_ask(profile):
        raise MayNotAsk
    return profile


def _refuse_strangers(profile: Child, ask: Ask, *, with_link: bool) -> None:
    guardians = {row.guardian_id for row in guardians_of(profile)}
    if ask.guardian is not None and ask.guardian.pk not in guardians:
        raise NotYourGuardian
    if not with_link and (not ask.in_app or not guardians):
        raise GuardianMissing


def _insert(intent: PaymentIntent, asked_by: User, ask: Ask) -> PaymentRequest:
    return PaymentRequest(
        intent=intent,
        created_by=asked_by,
        in_app=ask.in_app,
        intended_payer=ask.guardian,
        shown=_in_order(ask.shown),
        message=without_identity_numbers(ask.message.strip()),
        expires_at=intent.expires_at,
    )


def _save(request: PaymentRequest) -> None:
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        # The database lets one person wait for one answer at a time, and an intent have one open ask.
        if "one_open_ask_per_person" in str(error) or "one_active_ask_per_intent" in str(error):
            raise AskAlreadyOpen from error
        raise


def _in_order(shown: Collection[Shown]) -> list[str]:
    return [each.value for each in Shown if each in shown]


def _set_link(request: PaymentRequest) -> str:
    request.link_salt = new_salt()
    token = token_of(request.public_id, request.link_salt)
    request.token_digest = digest_of(token)
    return token


def link_of(request: PaymentRequest) -> str:
    """Return the token of an ask's link for its owner, or "" where there is none (any more).

    Also where our key changed since: the link sent then is dead, and a new one has to be made.
    """
    if not request.is_active or not request.has_link:
        return ""
    token = token_of(request.public_id, request.link_salt)
    return token if digest_of(token) == request.token_digest else ""


@transaction.atomic(durable=True)
def new_link(*, request: PaymentRequest, asked_by: User) -> Asked:
    """Make a new link; the one before leads nowhere from now on. Raises NotYourAsk, AskOver, TooManyAsks."""
    locked = _own_active(request, asked_by)
    if not locked.has_link:
        raise AskOver
    if not Attempt(ASKS, f"user:{asked_by.pk}").begin():
        raise TooManyAsks
    token = _set_link(locked)
    locked.save(update_fields=["token_digest", "link_salt"])
    RequestEvent.objects.create(request=locked, kind=RequestEventKind.NEW_LINK, by=asked_by)
    return Asked(locked, token)


@transaction.atomic(durable=True)
def change_shown(*, request: PaymentRequest, asked_by: User, shown: Collection[Shown]) -> PaymentRequest:
    """Show a payer more, or less, from now on. Raises NotYourAsk, AskOver."""
    locked = _own_active(request, asked_by)
    locked.shown = _in_order(shown)
    locked.save(update_fields=["shown"])
    RequestEvent.objects.create(request=locked, kind=RequestEventKind.SHOWN_CHANGED, by=asked_by)
    return locked


def _own_active(request: PaymentRequest, user: User) -> PaymentRequest:
    if request.created_by_id != user.pk:
        raise NotYourAsk
    locked = locks.locked_ask(request.pk)
    if not locked.is_active:
        raise AskOver
    return locked
