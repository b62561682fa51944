"""Pages about families open to staff on duty only; a lead plans who that is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.duty import errors
from marketplace.accounts.duty.selectors import is_on_duty
from marketplace.accounts.duty.services import plan_shift
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import DutyShift
from marketplace.core.audit.models import AuditEvent
from tests.factories import make_on_duty, make_parent, make_staff, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/backoffice/questions/"
SHIFTS = "/backoffice/shifts/"


def lead():
    return make_staff(duties=[], is_superuser=True)


def test_on_duty_the_page_opens_and_nothing_is_recorded_as_refused():
    assert signed_in(make_staff()).get(PAGE).status_code == 200
    assert not AuditEvent.objects.filter(reason="off_duty").exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_off_duty_it_stays_shut_and_that_is_recorded(method):
    staff = make_staff(duties=[])
    staff.duties = ["support"]
    staff.save()
    answer = getattr(signed_in(staff), method)(PAGE)
    assert answer.status_code in (403, 405)
    if method == "get":
        assert "现在不在值班时间" in answer.content.decode()
        event = AuditEvent.objects.get()
        assert (event.actor_id, event.outcome, event.reason) == (staff.public_id, event.outcome, "off_duty")
        assert event.purpose == "duty:support" and "平台工作人员" in event.actor_label


def test_another_duty_and_a_shift_without_the_duty_do_not_open_it():
    assert signed_in(make_on_duty(make_staff(duties=[]), Duty.SAFETY)).get(PAGE).status_code == 403
    staff = make_on_duty(make_staff(duties=[]), Duty.SUPPORT)
    staff.duties = []
    staff.save()
    assert signed_in(staff).get(PAGE).status_code == 403


def test_a_lead_without_a_shift_is_not_on_duty():
    assert signed_in(lead()).get(PAGE).status_code == 403


def test_a_shift_begins_and_ends_to_the_moment():
    staff = make_staff(duties=[])
    staff.duties = ["support"]
    now = timezone.now()
    DutyShift.objects.create(user=staff, duty="support", begins_at=now, ends_at=now + timedelta(hours=1))
    assert is_on_duty(staff, Duty.SUPPORT, now)
    assert not is_on_duty(staff, Duty.SUPPORT, now - timedelta(microseconds=1))
    assert is_on_duty(staff, Duty.SUPPORT, now + timedelta(hours=1) - timedelta(microseconds=1))
    assert not is_on_duty(staff, Duty.SUPPORT, now + timedelta(hours=1))


def test_a_lead_plans_and_ends_shifts():
    staff, client = make_staff(duties=[]), signed_in(lead())
    staff.duties = ["support"]
    staff.save()
    now = timezone.localtime()
    form = {
        "user": staff.pk,
        "duty": "support",
        "begins_at": f"{now - timedelta(minutes=2):%Y-%m-%dT%H:%M}",
        "ends_at": f"{now + timedelta(hours=8):%Y-%m-%dT%H:%M}",
    }
    assert client.post(SHIFTS, form).status_code == 302
    assert is_on_duty(staff, Duty.SUPPORT)
    assert "值班中" in client.get(SHIFTS).content.decode()
    assert "你现在在值班" in signed_in(staff).get(SHIFTS).content.decode()
    client.post(reverse("backoffice:end_shift", args=[DutyShift.objects.get().pk]))
    assert not is_on_duty(staff, Duty.SUPPORT)
    assert DutyShift.objects.count() == 1, "what has been stays on record"


def test_others_see_shifts_and_plan_none():
    staff = make_staff()
    shift = DutyShift.objects.first()
    client = signed_in(staff)
    assert "加一个班次" not in client.get(SHIFTS).content.decode()
    client.post(SHIFTS, {"user": staff.pk, "duty": "support"})
    assert client.post(reverse("backoffice:end_shift", args=[shift.pk])).status_code == 404
    assert DutyShift.objects.count() == len(Duty)
    assert signed_in(make_parent()).get(SHIFTS).status_code == 404


@pytest.mark.parametrize(
    ("hours", "duty", "refusal"),
    [(0, Duty.SUPPORT, errors.ShiftHasNoLength), (25, Duty.SUPPORT, errors.ShiftTooLong), (8, Duty.SAFETY, errors.NotTheirDuty)],
)  # fmt: skip
def test_what_is_no_shift_is_refused(hours, duty, refusal):
    staff, now = make_on_duty(make_staff(duties=[]), Duty.SUPPORT), timezone.now()
    times = {"begins_at": now, "ends_at": now + timedelta(hours=hours)}
    with pytest.raises(refusal):
        plan_shift(user=staff, duty=duty, planned_by=lead(), **times)
    with pytest.raises(errors.MayNotPlan):
        plan_shift(user=staff, duty=Duty.SUPPORT, planned_by=staff, **times)


def test_many_shifts_cost_no_more_queries():
    client = signed_in(lead())

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(SHIFTS).status_code == 200
        return len(captured)

    make_staff()
    few = queries()
    for _ in range(5):
        make_staff()
    assert queries() == few
