"""Retention takes whole closed days, and what stays can still be checked."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from marketplace.core.audit import keys
from marketplace.core.audit.models import AuditEvent
from marketplace.core.audit.rules import KEPT_DAYS, kept_from
from marketplace.core.audit.services import erase_days, export_lines, seal_events
from tests.factories.audit import make_looks, november
from tests.marketplace.core.audit.test_verification import script

pytestmark = pytest.mark.django_db


def days_left() -> set[int]:
    return set(AuditEvent.objects.filter(chain_on__isnull=False).values_list("chain_on__day", flat=True))


def test_days_go_whole_and_only_when_closed():
    for day in (18, 19, 20):
        make_looks(2, at=november(day))
    seal_events(now=november(20, 13))
    assert erase_days(before=date(2026, 11, 19)) == 2
    assert days_left() == {19, 20}
    assert erase_days(before=date(2027, 1, 1)) == 2
    assert days_left() == {20}  # still open


def test_unsealed_looks_stay():
    make_looks(1, at=november(18))
    assert erase_days(before=date(2027, 1, 1)) == 0
    assert AuditEvent.objects.count() == 1


def test_a_day_with_somebody_under_legal_hold_stays_whole():
    held = uuid4()
    make_looks(2, at=november(18))
    make_looks(2, at=november(19))
    make_looks(1, at=november(19), subject=held)
    seal_events(now=november(22))
    assert erase_days(before=date(2026, 12, 1), held_subjects={held}) == 2
    assert days_left() == {19}


def test_the_way_is_shut_again_afterwards():
    from django.db import DatabaseError, transaction

    make_looks(2, at=november(18))
    make_looks(2, at=november(19))
    seal_events(now=november(22))
    erase_days(before=date(2026, 11, 19))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.all().delete()


def test_days_before_the_limit_may_be_empty_and_later_ones_may_not():
    make_looks(3, at=november(18))
    make_looks(3, at=november(19))
    seal_events(now=november(22))
    erase_days(before=date(2026, 11, 19))
    later = november(18) + timedelta(days=KEPT_DAYS + 1)
    assert kept_from(later.date()) == date(2026, 11, 19)
    found = script.verify(export_lines(now=later), [keys.public_key_text()])
    assert found == {"ok": True, "events": 3, "seals": 2, "key_given": True}
    found = script.verify(export_lines(now=november(22)), [keys.public_key_text()])
    assert (found["kind"], found["where"]) == ("removed", "2026-11-18 row 1")
