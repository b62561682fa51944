"""The monthly security audit: whether the chains of looks hold, how many looks there were and why, which models serve."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count

from marketplace.core.audit import keys
from marketplace.core.audit.enums import Outcome
from marketplace.core.audit.models import AuditEvent
from marketplace.core.audit.verifying import DayVerdict, verified_days
from marketplace.core.model_register.selectors import register_entries
from marketplace.core.suppression import suppressed

from ..sections import Cell, Figures, Section, section_of
from ..spans import Span


def audit_figures(span: Span) -> Figures:
    """Return the tables of a month."""
    days = verified_days(span.from_on, span.until_on, span.until_on)
    public_key = keys.public_key_text()
    return Figures(
        [_chain(days), _faults(days), section_of("looks", suppressed(_looks(span))), _models(span.until_on)],
        {"key_id": keys.key_id(public_key), "public_key": public_key},
    )


def _chain(days: Sequence[DayVerdict]) -> Section:
    closed = [day for day in days if day.seal.is_final]
    rows: list[list[Cell]] = [
        ["days_walked", len(days)],
        ["days_closed", len(closed)],
        ["days_broken", sum(not day.holds for day in days)],
    ]
    if closed:
        rows.append(["last_seal", closed[-1].seal.hash])
    return Section("chain", ["value"], rows)


def _faults(days: Sequence[DayVerdict]) -> Section:
    rows: list[list[Cell]] = [[day.seal.chain_on.isoformat(), day.fault] for day in days if not day.holds]
    return Section("faults", ["fault"], rows)


def _looks(span: Span) -> dict[tuple[str, str], int]:
    """By purpose and outcome, by the chain's own days: looks sealed later belong to a later report."""
    found = AuditEvent.objects.filter(chain_on__gte=span.from_on, chain_on__lte=span.until_on).order_by()
    counted = found.values_list("purpose", "outcome").annotate(n=Count("pk"))
    table = {(purpose, outcome): number for purpose, outcome, number in sorted(counted)}
    return {(purpose, outcome): table.get((purpose, outcome), 0) for purpose, _ in table for outcome in Outcome.values}


def _models(on: date) -> Section:
    rows: list[list[Cell]] = [
        [entry.model.slug, entry.version, entry.standing.number if entry.standing else "", _state(entry.is_served)]
        for entry in register_entries(on)
    ]
    return Section("models", ["version", "number", "state"], rows)


def _state(is_served: bool) -> str:
    return "served" if is_served else "not_served"
