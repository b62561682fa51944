"""Reads of disputes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case as First
from django.db.models import Count, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from catalog.order.enums import PAYABLE_KIND
from catalog.order.models import Line, Order
from catalog.partner.models import Partner
from marketplace.accounts.models import User
from marketplace.core.encryption.keys import prefetch_keys

from .enums import OPEN_CASE_STATES, CaseState, Level, RulingState, Side
from .models import Case, Evidence, Ruling
from .rules import OPEN_WITHIN, is_late, may_speak_for_family


def _with_line() -> QuerySet[Case]:
    return Case.objects.select_related("line__order__user", "line__partner", "line__product", "opened_by")


def cases_of(user: User) -> QuerySet[Case]:
    """Return the disputes a person opened, or about what they bought, the newest first."""
    return _with_line().filter(Q(opened_by=user) | Q(line__order__user=user)).order_by("-opened_at", "-pk")


def case_of(user: User, public_id: UUID) -> Case | None:
    """Return one of a person's disputes, else None."""
    return cases_of(user).filter(public_id=public_id).first()


def cases_at(partner: Partner) -> QuerySet[Case]:
    """Return a partner's disputes: those it is asked about first, then open ones, then the rest."""
    urgency = First(
        When(state=CaseState.OPEN, then=Value(0)),
        When(closed_at__isnull=True, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return _with_line().filter(line__partner=partner).order_by(urgency, "-opened_at", "-pk")


def cases_to_work_on() -> QuerySet[Case]:
    """Return what waits for our staff, by its next clock; what waits for others comes after."""
    urgency = First(
        When(state__in=(CaseState.DECIDING, CaseState.CONFIRMING), then=Value(0)),
        When(state=CaseState.MEDIATING, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return _with_line().filter(state__in=OPEN_CASE_STATES).order_by(urgency, "decide_by", "pk")


def ended_cases() -> QuerySet[Case]:
    """Return disputes that are over, the last one first."""
    return _with_line().exclude(state__in=OPEN_CASE_STATES).order_by("-closed_at", "-pk")


def waiting_count() -> int:
    """How many disputes wait for somebody of our staff."""
    return Case.objects.filter(state__in=(CaseState.DECIDING, CaseState.CONFIRMING)).count()


def waiting_count_at(partner: Partner) -> int:
    """How many disputes wait for a partner's word."""
    return Case.objects.filter(line__partner=partner, state=CaseState.OPEN).count()


def line_to_dispute(user: User, line_id: int) -> Line | None:
    """Return a paid line a person may open a dispute about, else None."""
    line = Line.objects.select_related("order", "partner", "booking").filter(pk=line_id).first()
    if line is None or line.order.paid_at is None or line.partner is None:
        return None
    return line if may_speak_for_family(user, line) else None


@dataclass(frozen=True)
class LineCase:
    """A line of an order with its dispute, as the order's page shows it."""

    line: Line
    case: Case | None
    may_open: bool


def line_cases(order: Order, *, now: datetime | None = None) -> list[LineCase]:
    """Return the lines of a paid order, each with its last dispute, and whether one may be opened; one query."""
    if order.paid_at is None:
        return []
    in_time = (now or timezone.now()) - order.paid_at <= OPEN_WITHIN
    cases = Prefetch("mediation_cases", Case.objects.order_by("-opened_at", "-pk"), to_attr="cases")
    found = []
    for line in order.lines.filter(partner__isnull=False).prefetch_related(cases).order_by("pk"):
        case = line.cases[0] if line.cases else None
        again = all(each.state == CaseState.WITHDRAWN for each in line.cases)
        found.append(LineCase(line, case, again and in_time))
    return found


@dataclass(frozen=True)
class CaseFile:
    """A dispute with all that its page shows."""

    case: Case
    evidence: Sequence[Evidence]
    rulings: Sequence[Ruling]
    waiting: Ruling | None
    """A decision that a second person has not confirmed yet; only our staff see it."""


def case_file(case: Case) -> CaseFile:
    """Return a dispute with what both sides said and what was decided, in constant queries."""
    evidence = list(case.evidence.select_related("case__opened_by", "file").order_by("given_at", "pk"))
    rulings = list(case.rulings.select_related("refund", "made_by", "case__opened_by").order_by("made_at", "pk"))
    prefetch_keys([case, *evidence, *rulings])
    return CaseFile(
        case,
        evidence,
        [each for each in rulings if each.state == RulingState.IN_FORCE],
        next((each for each in rulings if each.state == RulingState.WAITING), None),
    )


def payables_in_mediation(kind: str, payable_ids: Collection[int]) -> set[int]:
    """Those of the orders about which a dispute goes on: a partner is not paid from them for now."""
    if kind != PAYABLE_KIND:
        return set()
    found = Case.objects.filter(state__in=OPEN_CASE_STATES, line__order__in=payable_ids)
    return set(found.values_list("line__order_id", flat=True))


@dataclass(frozen=True)
class MediatedCase:
    """What the mediating authority and overseers see of a dispute: nothing of any person, and no words."""

    public_id: UUID
    topic: str
    state: str
    opened_at: datetime
    answered_at: datetime | None
    decided_at: datetime | None
    appealed_at: datetime | None
    appealed_as: str
    mediate_by: datetime | None
    closed_at: datetime | None
    price_fen: int
    refund_fen: int
    cause: str
    responsible: str
    is_late: bool


def mediated_cases(*, only_open: bool = False, now: datetime | None = None) -> list[MediatedCase]:
    """Return the disputes that were handed to the authority, the most urgent first, without anything of a person."""
    found = Case.objects.filter(appealed_at__isnull=False).select_related("line").prefetch_related(_in_force())
    if only_open:
        found = found.filter(state=CaseState.MEDIATING)
    return [_without_people(case, now or timezone.now()) for case in found.order_by("mediate_by", "pk")]


def _in_force() -> Any:
    rulings = Ruling.objects.filter(state=RulingState.IN_FORCE).defer("reasons").order_by("made_at", "pk")
    return Prefetch("rulings", rulings, to_attr="in_force")


def _without_people(case: Case, now: datetime) -> MediatedCase:
    rulings: list[Ruling] = case.in_force  # type: ignore[attr-defined]  # a Prefetch's to_attr
    last = rulings[-1] if rulings else None
    return MediatedCase(
        public_id=case.public_id,
        topic=case.topic,
        state=case.state,
        opened_at=case.opened_at,
        answered_at=case.answered_at,
        decided_at=case.decided_at,
        appealed_at=case.appealed_at,
        appealed_as=case.appealed_as,
        mediate_by=case.mediate_by,
        closed_at=case.closed_at,
        price_fen=case.line.price_fen,
        refund_fen=sum(each.refund_fen for each in rulings),
        cause=last.cause if last else "",
        responsible=last.responsible if last else "",
        is_late=is_late(case.mediate_by, done_at=case.closed_at, now=now),
    )


@dataclass(frozen=True)
class CaseFigures:
    """How disputes went in a time: how many, by responsible side, and how many clocks ran out."""

    opened: int
    withdrawn: int
    appealed: int
    by_side: dict[str, int]
    refunded_fen: int
    answered_late: int
    decided_late: int


def case_figures(*, since: datetime, until: datetime, now: datetime | None = None) -> CaseFigures:
    """Count the disputes opened in [since, until); for overseers, who suppress small cells themselves."""
    now = now or timezone.now()
    found = Case.objects.filter(opened_at__gte=since, opened_at__lt=until)
    clocks = list(found.values_list("answer_by", "answered_at", "decide_by", "decided_at", "closed_at"))
    rulings = Ruling.objects.filter(case__in=found.values("pk"), state=RulingState.IN_FORCE)
    final = rulings.filter(Q(level=Level.AUTHORITY) | ~Q(case__rulings__level=Level.AUTHORITY))
    sides = final.order_by().values("responsible").annotate(count=Count("pk", distinct=True))
    by_side = dict(sides.values_list("responsible", "count"))
    return CaseFigures(
        opened=len(clocks),
        withdrawn=found.filter(state=CaseState.WITHDRAWN).count(),
        appealed=found.filter(appealed_at__isnull=False).count(),
        by_side={side.value: by_side.get(side.value, 0) for side in Side},
        refunded_fen=sum(rulings.values_list("refund_fen", flat=True)),
        answered_late=sum(is_late(due, done_at=done or closed, now=now) for due, done, _, _, closed in clocks),
        decided_late=sum(is_late(due, done_at=done or closed, now=now) for _, _, due, done, closed in clocks),
    )
