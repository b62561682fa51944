"""Disputes the doors name: lines to dispute, cases of one's own, cases at one's organisation."""

from dataclasses import replace

from django.utils import timezone

from catalog.mediation.enums import CaseState, Cause, Level, RulingState, Side
from catalog.mediation.models import Case, Ruling
from catalog.mediation.rules import ANSWER_WITHIN, APPEAL_WITHIN, DECIDE_WITHIN
from marketplace.doors.kinds import Visitor
from tests import factories

from .door_things import Person, Thing, _sent_goods, thing

WORDS = {"words": "收到的时候是坏的", "topic": "goods", "appeal-words": "不同意"}


def _case(person: Person, state: CaseState) -> Case:

    now = timezone.now()
    return Case.objects.create(
        line=_sent_goods(person),
        opened_by=person.user,
        topic="goods",
        words="收到的时候是坏的",
        state=state,
        answer_by=now + ANSWER_WITHIN,
        decide_by=now + DECIDE_WITHIN,
        appeal_by=now + APPEAL_WITHIN,
    )


def _somebody(person: Person) -> Person:
    """A family of this side that none of the visitors is."""
    return replace(person, user=factories.make_parent(), things={}, marks=set())


@thing("line to dispute")
def _line_to_dispute(person: Person) -> Thing:
    line = _sent_goods(person)
    return Thing({"line_id": line.pk}, line.order, data=WORDS)


@thing("own dispute")
def _own_dispute(person: Person) -> Thing:
    row = _case(person, CaseState.OPEN)
    return Thing({"public_id": row.public_id}, row, data=WORDS)


@thing("own decided dispute")
def _own_decided_dispute(person: Person) -> Thing:
    row = _case(person, CaseState.DECIDED)
    return Thing({"public_id": row.public_id}, row, data=WORDS)


@thing("carrier")
def _carrier(person: Person) -> Thing:
    return Thing({"carrier": "shili"})


@thing("order here")
def _order_here(person: Person) -> Thing:
    row = _sent_goods(_somebody(person)).order
    return Thing({"public_id": row.public_id}, row)


@thing("dispute here")
def _dispute_here(person: Person) -> Thing:
    row = person.side.people[Visitor.FAMILY].thing("own dispute").row
    return Thing({"public_id": row.public_id}, row, data=WORDS)


@thing("decided dispute here")
def _decided_dispute_here(person: Person) -> Thing:
    row = person.side.people[Visitor.FAMILY].thing("own decided dispute").row
    return Thing({"public_id": row.public_id}, row, data=WORDS)


@thing("order dispute")
def _dispute(person: Person) -> Thing:
    row = _case(_somebody(person), CaseState.DECIDING)
    return Thing({"public_id": row.public_id}, row, data={"cause": "goods", "amount": "1.00", "reasons": "示例"})


@thing("decision on a dispute")
def _decision_on_a_dispute(person: Person) -> Thing:
    row = _case(_somebody(person), CaseState.CONFIRMING)
    Ruling.objects.create(
        case=row, level=Level.PLATFORM, state=RulingState.WAITING, cause=Cause.GOODS, responsible=Side.PARTNER,
        refund_fen=1, reasons="示例", made_by=factories.make_staff(),
    )  # fmt: skip
    return Thing({"public_id": row.public_id}, row, data={"agrees": "no"})
