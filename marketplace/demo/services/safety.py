"""The safety desk of the demo: two worries that friends told us of, one over, one drill, a rota, and who is trained."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from marketplace.accounts.duty.services import plan_shift
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.formatting import in_shanghai
from marketplace.safeguarding.concerns import services
from marketplace.safeguarding.concerns.enums import Outcome, Training
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.reports.selectors import concern_of
from marketplace.safeguarding.reports.services import answer_reporter, file_report

from ..data.safety import ANSWER, CLOSED_BECAUSE, HAND_OVER, OVER, WAITING, WITH_KEEPER
from ..keys import stable_id

_ROTA_DAYS = 7


def make_safety() -> bool:
    """Fill the demo's safety desk, once; return whether it was filled."""
    if Concern.objects.exists():
        return False
    keeper = User.objects.get(public_id=stable_id("user", "staff"))
    lead = User.objects.get(public_id=stable_id("user", "lead"))
    now = timezone.now()
    _make_over(keeper, now - timedelta(days=3))
    _make_kept(keeper, now - timedelta(minutes=50))
    _make_drill(keeper, lead, now - timedelta(minutes=20))
    file_report(**WAITING, now=now)
    _make_rota(keeper, lead, now)
    _make_trainings([keeper, lead], lead)
    return True


def _make_over(keeper: User, at: datetime) -> None:
    concern = _concern(OVER, at)
    services.acknowledge(public_id=concern.public_id, by=keeper, now=at + timedelta(seconds=75))
    services.mark_step(public_id=concern.public_id, step="read", by=keeper)
    services.close(public_id=concern.public_id, outcome=Outcome.SUPPORT, reason=CLOSED_BECAUSE, by=keeper)


def _make_kept(keeper: User, at: datetime) -> None:
    filed = file_report(**WITH_KEEPER, now=at)
    concern = concern_of(filed.report)
    assert concern
    services.acknowledge(public_id=concern.public_id, by=keeper, now=at + timedelta(seconds=110))
    for step in ("read", "alone", "lines"):
        services.mark_step(public_id=concern.public_id, step=step, by=keeper)
    services.note(public_id=concern.public_id, text=HAND_OVER, by=keeper)
    answer_reporter(report=filed.report, text=ANSWER, by=keeper)


def _make_drill(keeper: User, lead: User, at: datetime) -> None:
    drill = services.start_drill(scenario="uncle-at-home", started_by=lead, now=at)
    services.acknowledge(public_id=drill.public_id, by=keeper, now=at + timedelta(seconds=48))
    for step in ("read", "alone", "police"):
        services.mark_step(public_id=drill.public_id, step=step, by=keeper)


def _concern(report: dict[str, Any], at: datetime) -> Concern:
    concern = concern_of(file_report(**report, now=at).report)
    assert concern
    return concern


def _make_rota(keeper: User, lead: User, now: datetime) -> None:
    """Days by one, nights by the other, for the week to come."""
    today = in_shanghai(now).replace(hour=8, minute=0, second=0, microsecond=0)
    for ahead in range(1, _ROTA_DAYS + 1):
        day = today + timedelta(days=ahead)
        night = day + timedelta(hours=12)
        plan_shift(user=keeper, duty=Duty.SAFETY, begins_at=day, ends_at=night, planned_by=lead)
        if Duty.SAFETY in lead.duties:
            plan_shift(
                user=lead, duty=Duty.SAFETY, begins_at=night, ends_at=night + timedelta(hours=12), planned_by=lead
            )


def _make_trainings(people: list[User], lead: User) -> None:
    today = timezone.localdate()
    for number, person in enumerate(people):
        for training in Training:
            done_on = today - timedelta(days=30 + 320 * number)
            services.record_training(user=person, training=training, done_on=done_on, recorded_by=lead)
