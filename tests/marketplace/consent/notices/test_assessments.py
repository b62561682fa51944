"""Impact assessments: every year, kept, and seen when they are late."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.enums import Duty
from marketplace.consent.notices.enums import ResidualRisk
from marketplace.consent.notices.errors import AlreadyAssessed, AssessedInTheFuture, NothingWritten, UnknownActivity
from marketplace.consent.notices.models import ImpactAssessment
from marketplace.consent.notices.register import ACTIVITIES
from marketplace.consent.notices.rules import due_after, is_due_soon, is_overdue
from marketplace.consent.notices.selectors import assessment_states
from marketplace.consent.notices.services import record_assessment
from marketplace.demo.data.privacy import ASSESSMENTS
from tests.factories.people import make_parent, make_staff, signed_in

TODAY = date(2026, 11, 22)


def assess(**changed) -> ImpactAssessment:
    values = {
        "activity": "booking", "assessed_on": timezone.localdate(), "risks": "看到的", "measures": "做了的",
        "residual_risk": ResidualRisk.LOW,
    }  # fmt: skip
    return record_assessment(**{**values, **changed})


def test_due_a_year_later():
    assert due_after(date(2026, 11, 22)) == date(2027, 11, 22)
    assert due_after(date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("due", "late", "soon"),
    [
        (None, True, False),
        (TODAY - timedelta(days=1), True, False),
        (TODAY, False, True),
        (TODAY + timedelta(days=30), False, True),
        (TODAY + timedelta(days=31), False, False),
    ],
)
def test_late_and_soon(due, late, soon):
    assert (is_overdue(due, TODAY), is_due_soon(due, TODAY)) == (late, soon)


@pytest.mark.django_db
class TestRecording:
    def test_it_is_kept_with_its_next_date(self):
        kept = assess()
        assert kept.next_due_on == due_after(kept.assessed_on)

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"activity": "nonsense"}, UnknownActivity),
            ({"assessed_on": date(2999, 1, 1)}, AssessedInTheFuture),
            ({"risks": "  "}, NothingWritten),
            ({"measures": ""}, NothingWritten),
        ],
    )
    def test_refusals(self, changed, refusal):
        with pytest.raises(refusal):
            assess(**changed)

    def test_once_a_day(self):
        assess()
        with pytest.raises(AlreadyAssessed):
            assess()

    def test_the_database_wants_the_next_date_later(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            ImpactAssessment.objects.create(activity="booking", assessed_on=TODAY, next_due_on=TODAY)


@pytest.mark.django_db
def test_the_late_ones_come_first():
    today = timezone.localdate()
    keys = [activity.key for activity in ACTIVITIES if activity.needs_assessment]
    for key in keys[:-1]:
        assess(activity=key)
    assess(activity=keys[-1], assessed_on=today - timedelta(days=400))
    states = assessment_states(today)
    assert [state.activity.key for state in states if state.is_overdue] == [keys[-1]] == [states[0].activity.key]


@pytest.mark.django_db
def test_the_states_cost_one_query(django_assert_num_queries):
    assess()
    with django_assert_num_queries(1):
        assessment_states(TODAY)


def test_nothing_is_overdue_in_the_demo():
    """A year has 365 days: what the demo assessed longer ago would show as late on its staff page."""
    needed = {activity.key for activity in ACTIVITIES if activity.needs_assessment}
    assert {assessment.activity for assessment in ASSESSMENTS} == needed
    assert all(assessment.days_ago < 365 - 30 for assessment in ASSESSMENTS)
    assert all("示例" in assessment.risks and "示例" in assessment.measures for assessment in ASSESSMENTS)


@pytest.mark.django_db
class TestStaffPage:
    @pytest.fixture
    def officer(self):
        return signed_in(make_staff(duties=[Duty.PRIVACY]))

    def test_it_lists_what_is_due(self, officer):
        html = officer.get(reverse("notices:assessments")).content.decode()
        assert "已到期" in html
        assert "还没有评估过" in html

    def test_a_new_one_is_recorded(self, officer):
        url = reverse("notices:assess", args=["booking"])
        values = {
            "assessed_on": timezone.localdate().isoformat(),
            "risks": "风险",
            "measures": "措施",
            "residual_risk": "low",
        }
        assert officer.get(url).status_code == 200
        assert officer.post(url, values)["Location"] == reverse("notices:assessments")
        assert ImpactAssessment.objects.get().assessed_by is not None
        assert "这一天已经有一份评估" in officer.post(url, values).content.decode()

    @pytest.mark.parametrize("activity", ["nonsense", "parcels"])
    def test_what_needs_none_is_not_found(self, officer, activity):
        assert officer.get(reverse("notices:assess", args=[activity])).status_code == 404

    def test_strangers_and_other_duties_stay_out(self, client):
        for name, args in (("notices:assessments", []), ("notices:assess", ["booking"])):
            url = reverse(name, args=args)
            assert client.get(url).status_code == 302
            assert signed_in(make_parent()).get(url).status_code == 404
            assert signed_in(make_staff(duties=[Duty.SUPPORT])).get(url).status_code == 403
