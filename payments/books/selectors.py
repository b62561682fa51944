"""Reads of the books: what our rows say of a number on a bill, and what waits for people."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet, Sum

from payments.books.enums import DecisionAbout, DecisionState, DifferenceState
from payments.books.models import BookedBill, BookedLine, Decision, Difference, IncidentCase, SuspenseReturn
from payments.enums import AttemptState, RefundState
from payments.gateways.accounting import BillKind
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import Leg
from payments.models import PaymentAttempt, PaymentIncident, Refund
from payments.services.by_hand import external_key


def attempts_by_number(gateway: str, numbers: Iterable[str]) -> dict[str, PaymentAttempt]:
    """Attempts by our number, with their intents."""
    rows = PaymentAttempt.objects.filter(gateway=gateway, out_trade_no__in=set(numbers)).select_related("intent")
    return {row.out_trade_no: row for row in rows}


def numbers_by_ref(gateway: str, refs: Iterable[str]) -> dict[str, str]:
    """Our numbers of trades that a company names by its own alone: what it charged by its own calendar."""
    rows = PaymentAttempt.objects.filter(gateway=gateway, provider_ref__in=set(refs) - {""})
    return {str(ref): number for ref, number in rows.values_list("provider_ref", "out_trade_no")}


def suspense_by_number(gateway: str, numbers: Iterable[str]) -> dict[str, int]:
    """What the ledger took in as contradicting money, in fen, by our number."""
    keys = [f"suspense:{number}" for number in set(numbers)]
    legs = Leg.objects.filter(entry__key__in=keys, account=AccountKind.CLEARING, owner=gateway)
    return {key.removeprefix("suspense:"): fen for key, fen in legs.values_list("entry__key", "amount_fen")}


def paid_here(gateway: str, numbers: Iterable[str]) -> dict[str, int]:
    """What came in by our books, in fen, by our number; numbers without money are left out."""
    numbers = set(numbers)
    found = suspense_by_number(gateway, numbers)
    for number, attempt in attempts_by_number(gateway, numbers).items():
        if attempt.state == AttemptState.SUCCEEDED:
            found[number] = attempt.captured_fen
    return found


def refunded_here(gateway: str, numbers: Iterable[str]) -> dict[str, int | None]:
    """What went back by our books, in fen, by the number on the bill; None for one that we know and that is not done."""
    numbers = set(numbers)
    externals = {external_key(gateway, number): number for number in numbers}
    found: dict[str, int | None] = {}
    rows = Refund.objects.filter(
        Q(out_refund_no__in=numbers) | Q(key__in=list(externals)), attempt__gateway=gateway
    ).only("out_refund_no", "key", "amount_fen", "state")
    for row in rows:
        number = externals.get(row.key, row.out_refund_no)
        found[number] = row.amount_fen if row.state == RefundState.SUCCEEDED else None
    for back in SuspenseReturn.objects.filter(gateway=gateway, out_refund_no__in=numbers):
        found[back.out_refund_no] = back.amount_fen if back.state == RefundState.SUCCEEDED else None
    return found


def disputed_here_fen(gateway: str, attempt: PaymentAttempt | None) -> int:
    """What disputes over a trade's payable took out of the company's clearing by our ledger, their fees too, in fen."""
    if attempt is None:
        return 0
    legs = Leg.objects.filter(
        entry__kind=EntryKind.DISPUTE,
        entry__payable_kind=attempt.intent.payable_kind,
        entry__payable_id=attempt.intent.payable_id,
        account=AccountKind.CLEARING,
        owner=gateway,
    )
    return -(legs.aggregate(fen=Sum("amount_fen"))["fen"] or 0)


def disputed_there_fen(gateway: str, number: str) -> int:
    """What all bills so far say that disputes over a trade took, their fees too; what was won back is taken off."""
    lines = BookedLine.objects.filter(bill__gateway=gateway, kind=BillKind.DISPUTE, out_trade_no=number)
    return lines.aggregate(fen=Sum(F("amount_fen") + F("fee_fen")))["fen"] or 0


def refunded_there_fen(gateway: str, number: str) -> int:
    """What all bills so far say went back under a refund's number; what came back to us is taken off."""
    lines = BookedLine.objects.filter(bill__gateway=gateway, kind=BillKind.REFUND, out_refund_no=number)
    return lines.aggregate(fen=Sum("amount_fen"))["fen"] or 0


def billed_numbers(gateway: str, *, kind: BillKind, numbers: Iterable[str]) -> set[str]:
    """Which of these numbers stand on any bill."""
    lines = BookedLine.objects.filter(bill__gateway=gateway, kind=kind)
    field = "out_refund_no" if kind == BillKind.REFUND else "out_trade_no"
    return set(lines.filter(**{f"{field}__in": set(numbers)}).values_list(field, flat=True))


def refunds_decided_on(numbers: Iterable[str]) -> set[str]:
    """Which of these refunds people booked: they stand on no bill, or under another number."""
    keys = {f"refund:{number}{end}": number for number in numbers for end in ("", ":again")}
    decided = Decision.objects.filter(state=DecisionState.CONFIRMED, entry_key__in=list(keys))
    return {keys[key] for key in decided.values_list("entry_key", flat=True)}


def bills(*, day: date | None = None) -> QuerySet[BookedBill]:
    """Bills, newest day first."""
    rows = BookedBill.objects.order_by("-day", "gateway")
    return rows.filter(day=day) if day else rows


def differences(state: str) -> QuerySet[Difference]:
    """Differences in a state, the oldest first while they wait, the newest first when they are done."""
    order = ("-resolved_at", "-pk") if state == DifferenceState.RESOLVED else ("day", "pk")
    return Difference.objects.filter(state=state).order_by(*order)


def decisions_about(about: DecisionAbout, subject_key: str) -> QuerySet[Decision]:
    """What was proposed about an incident or a refund, newest first."""
    rows = Decision.objects.filter(about=about, subject_key=subject_key)
    return rows.select_related("proposed_by", "decided_by").order_by("-pk")


def incidents(*, closed: bool) -> QuerySet[PaymentIncident]:
    """Incidents with their attempt: open ones the oldest first, closed ones the newest first."""
    rows = PaymentIncident.objects.select_related("attempt").filter(closed_at__isnull=not closed)
    return rows.order_by("-closed_at", "-pk") if closed else rows.order_by("opened_at", "pk")


def cases_of(found: Iterable[PaymentIncident]) -> dict[str, IncidentCase]:
    """Who looks after these incidents, by the incident's key."""
    keys = [incident.key for incident in found]
    rows = IncidentCase.objects.filter(incident_key__in=keys).select_related("taken_by", "closed_by")
    return {row.incident_key: row for row in rows}


def refunds_for_people() -> QuerySet[Refund]:
    """Refunds that would not go back by themselves, the oldest first."""
    rows = Refund.objects.filter(state=RefundState.NEEDS_MANUAL).select_related("attempt__intent")
    return rows.order_by("requested_at", "pk")
