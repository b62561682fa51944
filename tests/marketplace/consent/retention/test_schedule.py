"""The table is whole: every row of the law has a period, every class of rows a row of the table."""

import pytest
from django.apps import apps
from django.utils import timezone

from marketplace.consent.retention import registry, rows
from marketplace.consent.retention.periods import Period
from marketplace.consent.retention.registry import RetentionClass, register, registered
from marketplace.consent.retention.schedule import BY_KEY, HALF_A_YEAR, RECORD_CLASSES, THREE_YEARS, Holder
from marketplace.consent.retention.services.reports import begun

#: What the law or our reading of it demands, written a second time so that a slip of the pen in the table is found.
LIMITS = {
    "orders": THREE_YEARS,
    "payments": THREE_YEARS,
    "bookings": THREE_YEARS,
    "reviews": THREE_YEARS,
    "consents": THREE_YEARS,
    "access_events": THREE_YEARS,
    "crisis_cases": THREE_YEARS,
    "assessment_reports": THREE_YEARS,
    "onboarding_documents": THREE_YEARS,
    "complaints": THREE_YEARS,
    "notices": HALF_A_YEAR,
    "letters": HALF_A_YEAR,
    "diaries": HALF_A_YEAR,
    "alert_signals": HALF_A_YEAR,
    "screenings": HALF_A_YEAR,
    "assessment_answers": HALF_A_YEAR,
    "posts": HALF_A_YEAR,
    "care_plans": HALF_A_YEAR,
    "companion_chats": Period(days=30),
    "session_notes": None,
    "hospital_records": None,
}


def test_the_limits_of_the_law_stand_in_the_table() -> None:
    assert {key: BY_KEY[key].period for key in LIMITS} == LIMITS


def test_each_row_says_what_how_long_from_when_and_why() -> None:
    assert len(BY_KEY) == len(RECORD_CLASSES)
    for record in RECORD_CLASSES:
        assert all(map(str, (record.title, record.counts_from, record.reason, record.source))), record.key


def test_what_the_platform_holds_is_registered_and_nothing_else() -> None:
    held = {r.key for r in RECORD_CLASSES if r.holder is Holder.PLATFORM and r.period}
    assert {found.basis for found in registered()} == held


def test_a_class_that_is_still_to_come_takes_no_rows() -> None:
    chosen = registered()[0]
    other = RetentionClass(
        key="x",
        title="x",
        basis="onboarding_documents",
        expired=chosen.expired,
        erase=chosen.erase,
        subjects=(),
        dated="pk",
    )
    with pytest.raises(ValueError, match="still to come"):
        register(other)


def test_a_key_is_registered_once() -> None:
    chosen = registered()[0]
    twin = RetentionClass(
        key=chosen.key,
        title="x",
        basis=chosen.basis,
        expired=chosen.expired,
        erase=chosen.erase,
        subjects=(),
        dated=chosen.dated,
    )
    with pytest.raises(ValueError, match="twice"):
        register(twin)
    assert registry.titles()[chosen.key] == chosen.title


@pytest.mark.django_db
@pytest.mark.parametrize("found", registered(), ids=lambda found: found.key)
def test_each_class_can_be_asked(found: RetentionClass) -> None:
    """Its lookups and its date exist: a spelling mistake would show years later only."""
    model = begun(found, timezone.now()).model
    assert model in apps.get_models()
    list(begun(found, timezone.now()).order_by(found.dated)[:1])
    for lookup in found.subjects:
        assert not model._base_manager.filter(**{f"{lookup}__in": []}).exists()
    assert not found.erasable(timezone.now(), []).exists()
    rows.standing_alone(model._base_manager.all()).exists()
