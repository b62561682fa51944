"""Reads of asks and of what young people paid alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.selectors import disclosures
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.queries import CompiledQuery
from marketplace.families.enums import GuardianshipScope
from marketplace.families.models import Child
from marketplace.families.selectors import children_of, guardians_of, young_profile_of
from payments.models import PaymentIntent
from payments.requests.enums import RequestEventKind, RequestState
from payments.requests.models import GuardianDecision, PaymentRequest
from payments.requests.rules import is_addressed
from payments.requests.tokens import digest_of, is_same


def ask_by_token(token: str) -> PaymentRequest | None:
    """The ask a link leads to. Found by digest, so that nothing about a token shows in how long it takes."""
    ask = _asks().filter(token_digest=digest_of(token)).first()
    return ask if ask is not None and is_same(token, ask.token_digest) else None


def ask_of_person(user: User, public_id: UUID) -> PaymentRequest | None:
    """One ask of somebody who asks, else None."""
    return _asks().filter(created_by=user, public_id=public_id).first()


def open_ask_of(user: User) -> PaymentRequest | None:
    """The ask this person waits for now; the database allows one."""
    return _asks().filter(created_by=user, state=RequestState.ACTIVE).first()


_asked_and_young = CompiledQuery(
    lambda values: PaymentIntent.objects.filter(pk=values[0]).values_list(
        Exists(PaymentRequest.objects.filter(intent=OuterRef("pk"))), "buyer__role"
    )
)


def is_asked_or_young(intent_id: int) -> tuple[bool, bool]:
    """Whether anybody was ever asked to pay an intent, and whether its buyer has a young person's account.

    The first stays as it is while the intent is locked: asking takes its lock.
    """
    [(is_asked, role)] = _asked_and_young.rows([intent_id])
    return is_asked, role == Role.TEEN


def latest_ask_of_intent(intent_id: int) -> PaymentRequest | None:
    """The newest ask for an intent, whatever became of it."""
    return _asks().filter(intent_id=intent_id).order_by("-pk").first()


def asks_for_guardian(user: User) -> list[PaymentRequest]:
    """Open asks this guardian sees, oldest first: those sent to them, and those of children whose bills they see anyway."""
    children = {child.account_id: child for child in children_of(user) if child.account_id}
    asks = list(_asks().filter(created_by__in=children, state=RequestState.ACTIVE).order_by("created_at", "pk"))
    if not asks:
        return []
    seen = disclosures(
        viewer=user, children=list(children.values()), purpose=Purpose.GUARDIANSHIP, items=(DataItem.BILL,)
    )
    shown = [ask for ask in asks if is_addressed(user, ask) or seen.may_see(children[ask.created_by_id], DataItem.BILL)]
    prefetch_keys(shown)
    return shown


def ask_for_guardian(user: User, public_id: UUID) -> PaymentRequest | None:
    """One ask of a child this person is a guardian of and may see, open or over; else None."""
    ask = _asks().filter(public_id=public_id).first()
    if ask is None:
        return None
    child = children_of(user).filter(account_id=ask.created_by_id).first()
    if child is None:
        return None
    if is_addressed(user, ask):
        return ask
    seen = disclosures(viewer=user, children=[child], purpose=Purpose.GUARDIANSHIP, items=(DataItem.BILL,))
    return ask if seen.may_see(child, DataItem.BILL) else None


def addressees_of(ask: PaymentRequest) -> list[User]:
    """The guardians who hear of an ask in the app."""
    if not ask.in_app:
        return []
    profile = young_profile_of(ask.created_by)
    rows = guardians_of(profile) if profile else []
    return [row.guardian for row in rows if is_addressed(row.guardian, ask)]


def _asks() -> QuerySet[PaymentRequest]:
    return PaymentRequest.objects.select_related("intent__settled_by", "created_by", "intended_payer")


def opened_count(ask: PaymentRequest) -> int:
    """How often an ask was opened."""
    return ask.events.filter(kind=RequestEventKind.OPENED).count()


@dataclass(frozen=True)
class PaidAlone:
    """Something a young person paid alone, and what a guardian said to it, if anything."""

    child: Child
    intent: PaymentIntent
    decision: GuardianDecision | None


def paid_alone_for(guardian: User) -> QuerySet[PaymentIntent]:
    """What the children of a full guardian paid with attempts of their own, newest first.

    Of every age below 18, whatever the consent rules open besides: a guardian's assent is asked for by law (Civil Code,
    art. 19 and 145). Sums and days only.
    """
    children = children_of(guardian).filter(scope=GuardianshipScope.FULL, account__isnull=False)
    return (
        PaymentIntent.objects.filter(
            buyer__in=children.order_by().values("account"), paid_at__isnull=False, settled_by__payer=F("buyer")
        )
        .select_related("settled_by", "buyer__young_profile", "guardian_decision__guardian")
        .order_by("-paid_at", "-pk")
    )


def with_decisions(intents: Iterable[PaymentIntent]) -> list[PaidAlone]:
    """Return payments with whose they are and what a guardian said."""
    return [PaidAlone(intent.buyer.young_profile, intent, _decision_on(intent)) for intent in intents]


def _decision_on(intent: PaymentIntent) -> GuardianDecision | None:
    try:
        return intent.guardian_decision
    except GuardianDecision.DoesNotExist:
        return None
