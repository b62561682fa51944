"""What somebody kept of practices, games and their plan."""

from datetime import datetime

from cms.wellbeing.models import CopingPlan, EarlierPlan, GameDay, PracticeRun
from marketplace.core.formatting import in_shanghai
from tests import factories

from .made import DAY, Made, maker


@maker("practice_runs")
def _run(at: datetime) -> Made:
    owner = factories.make_user()
    row = PracticeRun.objects.create(
        owner=owner, practice="breathing", felt={"before": 6, "after": 4}, started_at=at, ended_at=at
    )
    return Made(row, owner.public_id)


@maker("game_days")
def _game_day(at: datetime) -> Made:
    owner = factories.make_user()
    row = GameDay.objects.create(owner=owner, played_on=in_shanghai(at).date(), seconds=60)
    return Made(row, owner.public_id)


def _plan(at: datetime) -> CopingPlan:
    return CopingPlan.objects.create(
        owner=factories.make_user(), sections={"signs": "手心出汗"}, saved_at=at, used_at=at
    )


@maker("coping_plans")
def _coping_plan(at: datetime) -> Made:
    row = _plan(at)
    # Late enough that its own half year does not end before the plan's three years.
    earlier = EarlierPlan.objects.create(plan=row, sections={}, revision=1, saved_at=at + 1_000 * DAY)
    return Made(row, row.owner.public_id, [earlier])


@maker("earlier_plans")
def _earlier_plan(at: datetime) -> Made:
    plan = _plan(at + 400 * DAY)
    row = EarlierPlan.objects.create(plan=plan, sections={}, revision=1, saved_at=at)
    return Made(row, plan.owner.public_id)
