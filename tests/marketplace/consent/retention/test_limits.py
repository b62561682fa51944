"""The clock jumps to each limit: a second before, everything is there; a second after, it is gone. Held rows stay."""

from datetime import datetime, timedelta

import pytest
from django.db.models import Model

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from cms.community.models import Alias
from cms.wellbeing.models import CheckInPlan
from marketplace.accounts.models import RecoveryCode, User
from marketplace.consent.complaints.models import Complaint
from marketplace.consent.retention import services
from marketplace.consent.retention.models import LegalHold, RetentionLine
from marketplace.consent.retention.registry import RetentionClass, registered
from marketplace.consent.retention.schedule import BY_KEY
from marketplace.core.encryption.models import DataKey
from marketplace.core.formatting import SHANGHAI
from marketplace.core.grades import sealed_fields
from marketplace.families.models import Child, Guardianship
from marketplace.safeguarding.concerns.models import Concern
from tests import factories
from tests.marketplace.consent.retention.makers import MAKERS, dated
from tests.marketplace.consent.retention.makers.orders import order_at

SECOND = timedelta(seconds=1)
#: Long before everything: rows of the platform's own present (made by factories) must not get in the way, and the
#: database itself keeps the fee rules of the last three years, by its own clock.
LEAP_DAY = datetime(2020, 2, 29, 20, 15, 30, tzinfo=SHANGHAI)


def class_of(key: str) -> RetentionClass:
    """One registered class."""
    return next(found for found in registered() if found.key == key)


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def is_kept(row: Model) -> bool:
    """Whether a row still says something: complaints and concerns leave their counts behind, names in threads what was said."""
    kept = type(row)._base_manager.filter(pk=row.pk)
    if isinstance(row, Alias):
        return kept.filter(member__isnull=False).exists()
    return kept.filter(erased_at=None).exists() if isinstance(row, Complaint | Concern) else kept.exists()


def is_readable(row: Model) -> bool:
    """Whether a key that is the row's alone still opens what is sealed in it, in a backup for instance."""
    own = any(model is type(row) and getattr(sealed, "subject", "") == "public_id" for model, sealed in sealed_fields())
    return own and DataKey.objects.filter(subject_id=row.public_id, destroyed_at=None).exists()


#: Chains are dropped by the day: tests of their own.
WITH_LIMIT = sorted(set(MAKERS))


@pytest.mark.parametrize("began_at", [LEAP_DAY, LEAP_DAY.replace(hour=0, minute=0, second=0)], ids=["leap", "midnight"])
@pytest.mark.parametrize("key", WITH_LIMIT)
def test_each_class_ends_at_its_limit(apply, key: str, began_at: datetime) -> None:
    made = MAKERS[key](began_at)
    period = BY_KEY[class_of(key).basis].period
    assert period
    over_at = period.over_at(began_at)

    # That no other class takes a row too early is tried once for each.
    alone = began_at != LEAP_DAY
    before = apply(key, at=over_at - SECOND, alone=alone)
    assert all(is_kept(row) for row in (made.row, *made.others))
    assert before.erased == 0

    after = apply(key, at=over_at, alone=True)
    assert (after.found, after.erased, after.held_back) == (1, 1, 0)
    assert [row for row in (made.row, *made.others) if is_kept(row) or is_readable(row)] == []


@pytest.mark.parametrize("key", [key for key in WITH_LIMIT if class_of(key).subjects and key != "erasure_certificates"])
def test_a_hold_keeps_the_rows_of_its_person(apply, key: str) -> None:
    held, free = MAKERS[key](LEAP_DAY), MAKERS[key](LEAP_DAY)
    period = BY_KEY[class_of(key).basis].period
    assert period
    assert held.subject
    over_at = period.over_at(LEAP_DAY)
    hold = LegalHold.objects.create(subject_id=held.subject, reason="纠纷", set_by=factories.make_staff())

    line = apply(key, at=over_at, alone=True)
    assert is_kept(held.row)
    assert not is_kept(free.row)
    assert (line.found, line.erased, line.held_back) == (2, 1, 1)
    assert line.oldest_left_at is not None
    assert line.oldest_left_at < over_at

    services.release_hold(hold_id=hold.pk, released_by=hold.set_by)
    if key == "legal_holds":
        return  # the hold that was just released is one of them
    assert apply(key, at=over_at, alone=True).erased == 1
    assert not is_kept(held.row)


def test_every_class_is_tested_here() -> None:
    assert set(MAKERS) | {"access_events"} == {found.key for found in registered()}


def test_what_may_still_be_needed_stays(apply) -> None:
    """Open things have no limit: a pending booking, an open invitation, a printed code, an unpaid order with money on the way."""
    long_after = LEAP_DAY.replace(year=2040)
    child = factories.make_child(factories.make_user())
    kept = [
        dated(factories.make_booking(status=BookingStatus.PENDING, held_until=LEAP_DAY), created_at=LEAP_DAY),
        RecoveryCode.objects.create(user=factories.make_user(), digest="x", created_at=LEAP_DAY),
        Guardianship.objects.get(child=child),
        order_at(LEAP_DAY, status="pending"),
    ]
    services.apply_retention(now=long_after)
    assert all(is_kept(row) for row in kept)
    assert User.objects.exists()
    assert Child.objects.exists()
    assert Booking.objects.exists()
    assert not RetentionLine.objects.exclude(error="").exists()


def test_a_check_in_plan_nobody_stopped_ends_with_its_archived_profile(apply) -> None:
    plan = MAKERS["checkin_plans"](LEAP_DAY).row
    CheckInPlan.objects.update(stopped_at=None)
    Child.objects.filter(pk=plan.child_id).update(archived_at=LEAP_DAY)
    period = BY_KEY[class_of("checkin_plans").basis].period
    assert period
    over_at = period.over_at(LEAP_DAY)
    assert apply("checkin_plans", at=over_at - SECOND, alone=True).erased == 0
    assert apply("checkin_plans", at=over_at, alone=True).erased == 1
