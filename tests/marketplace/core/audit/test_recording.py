"""Looks are written down whole, in one INSERT, and can only be added."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.core.audit.enums import Action, Outcome
from marketplace.core.audit.models import AuditEvent, DaySeal
from marketplace.core.audit.services import AccessNote, record_access, record_accesses, seal_events
from tests.factories.audit import make_looks, november
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def test_a_look_holds_who_what_whose_and_why():
    teacher, subject, record = make_user(), uuid4(), uuid4()
    record_access(
        actor=teacher, subject_id=subject, items=["plan"], purpose="school_support", is_allowed=False,
        reason="no_relation", actor_label="星河中学 · 心理老师", records=[record],
    )  # fmt: skip
    event = AuditEvent.objects.get()
    assert (event.actor_id, event.subject_id, event.items, event.records) == (
        teacher.public_id, subject, ["plan"], [record],
    )  # fmt: skip
    assert (event.action, event.outcome, event.reason) == (Action.READ, Outcome.REFUSED, "no_relation")


def test_nobody_may_be_the_actor():
    record_access(actor=None, subject_id=uuid4(), items=["diary"], purpose="safety", action=Action.DELETE)
    assert AuditEvent.objects.get().actor_id is None


def test_a_page_of_looks_is_one_insert(django_assert_num_queries):
    notes = [AccessNote(actor=None, subject_id=uuid4(), items=["booking"], purpose="care") for _ in range(50)]
    with django_assert_num_queries(1):
        record_accesses(notes)
    with django_assert_num_queries(0):
        record_accesses([])
    assert AuditEvent.objects.count() == 50


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET purpose = 'care'",
        "UPDATE audit_auditevent SET hash = repeat('0', 64)",
        "UPDATE audit_auditevent SET position = NULL, chain_on = NULL, hash = '', previous_hash = ''",
        "UPDATE audit_dayseal SET count = 1",
        "DELETE FROM audit_auditevent",
        "DELETE FROM audit_dayseal",
        "TRUNCATE audit_auditevent",
        "TRUNCATE audit_dayseal",
    ],
)
def test_the_database_refuses_what_is_not_adding(statement):
    make_looks(3, at=november(20))
    seal_events(now=november(20, 13))
    make_looks(1, at=november(20, 14))
    before = list(AuditEvent.objects.order_by("pk").values()), list(DaySeal.objects.values())
    with pytest.raises(DatabaseError, match="append-only|stay as they are"), transaction.atomic():
        connection.cursor().execute(statement)
    assert (list(AuditEvent.objects.order_by("pk").values()), list(DaySeal.objects.values())) == before


def test_a_seal_may_not_change_the_row_it_seals():
    (event,) = make_looks(at=november(20))
    seal = {"chain_on": "2026-11-20", "position": 1, "previous_hash": "0" * 64, "hash": "1" * 64}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(**seal, purpose="oversight")
    assert AuditEvent.objects.filter(pk=event.pk).update(**seal) == 1
