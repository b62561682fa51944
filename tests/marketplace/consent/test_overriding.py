"""A look without consent: two people, a reason, a time, the person told, and a review."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.accounts.enums import Duty, Role
from marketplace.consent import errors
from marketplace.consent.enums import DataItem, Purpose, ReviewOutcome
from marketplace.consent.models import SafetyOverride
from marketplace.consent.selectors import disclosures
from marketplace.consent.services import approve_override, open_override, review_override
from marketplace.core.audit.models import AuditEvent
from marketplace.notifications.models import Message
from tests.factories import make_child, make_staff, make_user

pytestmark = pytest.mark.django_db
REASON = "联系不上，需要确认平安无事"


@pytest.fixture
def teen():
    return make_child(
        make_user(), born_on=timezone.localdate() - timedelta(days=366 * 15), account=make_user(role=Role.TEEN)
    )


def opened(teen, by=None, **changes) -> SafetyOverride:
    fields = {"items": [DataItem.DIARY], "reason": REASON, "hours": 4, "opened_by": by or make_staff()} | changes
    return open_override(child=teen, **fields)


def review(override, by, **changes):
    fields = {"outcome": ReviewOutcome.JUSTIFIED, "note": "确实联系不上，处理及时", "tell_now": True} | changes
    return review_override(override_id=override.public_id, reviewed_by=by, **fields)


def sees(staff, teen) -> bool:
    return bool(disclosures(viewer=staff, children=[teen], purpose=Purpose.SAFETY).may_see(teen, DataItem.DIARY))


def test_nothing_opens_before_a_second_person_agrees(teen):
    first, second = make_staff(), make_staff()
    override = opened(teen, first)
    assert not sees(first, teen)
    with pytest.raises(errors.SecondPersonNeeded):
        approve_override(override_id=override.public_id, approved_by=first)

    approve_override(override_id=override.public_id, approved_by=second)

    assert sees(first, teen)


def test_the_young_person_is_told_at_once(teen):
    override = approve_override(override_id=opened(teen).public_id, approved_by=make_staff())

    assert override.told_at is not None
    message = Message.objects.get(recipient=teen.account)
    assert REASON not in message.body


def test_telling_waits_where_it_is_dangerous_and_is_looked_at_in_the_review(teen):
    with pytest.raises(errors.ReasonMissing):
        opened(teen, is_telling_dangerous=True)
    override = opened(teen, is_telling_dangerous=True, danger_reason="对方就在身边，会看到手机")
    approve_override(override_id=override.public_id, approved_by=make_staff())
    assert not Message.objects.filter(recipient=teen.account).exists()

    assert review(override, make_staff()).told_at is not None
    assert Message.objects.filter(recipient=teen.account).exists()


@pytest.mark.parametrize("staff", [{"duties": []}, {"duties": [Duty.SUPPORT]}])
def test_only_safety_duty_opens_lets_through_and_reviews(teen, staff):
    outsider = make_staff(**staff)
    with pytest.raises(errors.NotOnSafetyDuty):
        opened(teen, outsider)
    override = opened(teen)
    with pytest.raises(errors.NotOnSafetyDuty):
        approve_override(override_id=override.public_id, approved_by=outsider)
    approve_override(override_id=override.public_id, approved_by=make_staff())
    with pytest.raises(errors.NotOnSafetyDuty):
        review(override, outsider)


def test_a_third_person_reviews_and_what_was_too_wide_closes(teen):
    first, second, third = make_staff(), make_staff(), make_staff()
    override = opened(teen, first)
    approve_override(override_id=override.public_id, approved_by=second)
    for involved in (first, second):
        with pytest.raises(errors.SecondPersonNeeded):
            review(override, involved)

    review(override, third, outcome=ReviewOutcome.UNJUSTIFIED)

    assert not sees(first, teen)
    with pytest.raises(errors.OverrideAlreadyDecided):
        review(override, third)


def test_what_was_refused_or_lapsed_stays_closed(teen):
    override = opened(teen)
    approve_override(override_id=override.public_id, approved_by=make_staff(), agrees=False)
    with pytest.raises(errors.OverrideAlreadyDecided):
        approve_override(override_id=override.public_id, approved_by=make_staff())
    old = opened(teen)
    SafetyOverride.objects.filter(pk=old.pk).update(opened_at=timezone.now() - timedelta(hours=13))
    with pytest.raises(errors.OverrideLapsed):
        approve_override(override_id=old.public_id, approved_by=make_staff())


@pytest.mark.parametrize(
    ("changes", "refusal"), [({"items": []}, errors.NothingChosen), ({"reason": "急"}, errors.ReasonMissing)]
)
def test_items_and_a_reason_are_needed(teen, changes, refusal):
    with pytest.raises(refusal):
        opened(teen, **changes)


def test_every_step_is_written_down_without_the_reason(teen):
    override = opened(teen)
    approve_override(override_id=override.public_id, approved_by=make_staff())
    review(override, make_staff())

    events = list(AuditEvent.objects.filter(subject_id=teen.public_id).order_by("pk"))

    assert [event.reason for event in events] == ["override_opened", "override_approved", "override_reviewed"]
    assert all(event.records == [override.public_id] for event in events)
