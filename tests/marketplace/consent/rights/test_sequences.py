"""Whatever a family does in whatever order: nothing is erased early, nothing with a booking ahead, nothing by halves."""

import contextlib
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking, Occupancy
from marketplace.consent.retention.models import LegalHold
from marketplace.consent.rights import services
from marketplace.consent.rights.enums import OPEN_STATES, RequestState
from marketplace.consent.rights.models import DataRequest, ErasureCertificate
from marketplace.core.encryption.models import DataKey
from marketplace.core.errors import Refusal
from marketplace.families.models import Child
from tests import factories
from tests.support.databases import unsaved

pytestmark = pytest.mark.django_db
ACTIONS = ("book", "cancel", "ask", "withdraw", "hold", "release", "three days", "run")


class Family:
    """A mother, a child of nine, and a clock of their own."""

    def __init__(self) -> None:
        self.now: datetime = timezone.now()
        self.parent = factories.make_parent(children=0)
        born_on = timezone.localdate() - timedelta(days=9 * 366)
        self.child = factories.make_child(self.parent, nickname="小芽", born_on=born_on)
        self.staff = factories.make_staff(duties=[])
        self.service = factories.make_service()
        self.asked_at: datetime | None = None

    def do(self, action: str) -> None:
        with contextlib.suppress(Refusal):
            getattr(self, action.replace(" ", "_"))()

    def book(self) -> None:
        if Child.objects.filter(pk=self.child.pk, archived_at=None).exists() and not self.ahead():
            starts_at = timezone.now() + timedelta(days=60)
            factories.make_booking(service=self.service, child=self.child, booked_by=self.parent, starts_at=starts_at)

    def cancel(self) -> None:
        Occupancy.objects.filter(bookings__in=self.ahead()).update(is_live=False, seats_taken=0)
        self.ahead().update(status=BookingStatus.CANCELLED)

    def ask(self) -> None:
        services.ask_for_erasure(asker=self.parent, subject_id=self.child.public_id, now=self.now)
        self.asked_at = self.now

    def withdraw(self) -> None:
        if request := DataRequest.objects.order_by("-pk").first():
            services.withdraw_request(user=self.parent, public_id=request.public_id, now=self.now)

    def hold(self) -> None:
        if not LegalHold.objects.filter(released_at=None).exists():
            LegalHold.objects.create(subject_id=self.child.public_id, reason="纠纷", set_by=self.staff)

    def release(self) -> None:
        LegalHold.objects.filter(released_at=None).update(released_at=timezone.now(), released_by=self.staff)

    def three_days(self) -> None:
        self.now += timedelta(days=3)

    def run(self) -> None:
        services.run_due_requests(now=self.now)

    def ahead(self):
        return Booking.objects.filter(child=self.child, status=BookingStatus.BOOKED)


def check(family: Family) -> bool:
    """What must hold after every action; whether the child is erased."""
    requests = DataRequest.objects.filter(subject_id=family.child.public_id)
    assert requests.filter(state__in=OPEN_STATES).count() <= 1
    erased = requests.filter(state=RequestState.DONE).exists()
    child = Child.objects.get(pk=family.child.pk)
    destroyed = DataKey.objects.filter(subject_id=child.public_id, destroyed_at__isnull=False).exists()
    assert (child.nickname == "") == erased == destroyed == ErasureCertificate.objects.exists()
    assert erased or child.archived_at is None
    return erased


@settings(max_examples=40)
@given(actions=st.lists(st.sampled_from(ACTIONS), max_size=14))
def test_whatever_a_family_does(actions):
    with unsaved():
        family, was_erased = Family(), False
        for action in actions:
            was_held = LegalHold.objects.filter(released_at=None).exists()
            was_ahead = family.ahead().exists()
            family.do(action)
            erased = check(family)
            if erased and not was_erased:
                assert action == "run"
                assert family.asked_at is not None
                assert family.now - family.asked_at >= timedelta(days=7)
                assert not was_held
                assert not was_ahead
            was_erased = erased


def test_the_whole_way_is_among_them():
    """The control: the actions can lead to an erasure."""
    with unsaved():
        family = Family()
        for action in ("book", "ask", "cancel", "ask", "three days", "book", "three days", "three days", "run"):
            family.do(action)
            assert not check(family)
        for action in ("cancel", "three days", "run"):
            family.do(action)
        assert check(family)
