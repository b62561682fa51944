"""What was answered before sessions, and said about them afterwards."""

from datetime import datetime

from tests import factories
from tests.factories.consultations import make_feedback, make_goal, make_held_session, make_measurement
from tests.factories.plans import make_plan
from tests.factories.waitlist import make_entry

from .made import Made, maker


@maker("reviews")
def _feedback(at: datetime) -> Made:
    parent = factories.make_parent()
    booking = make_held_session(parent.children.get(), parent)
    return Made(make_feedback(booking, words="孩子愿意再去", given_at=at), parent.public_id)


@maker("measurements")
def _measurement(at: datetime) -> Made:
    child = factories.make_parent().children.get()
    return Made(make_measurement(child, answered_at=at), child.public_id)


@maker("goals")
def _goal(at: datetime) -> Made:
    child = factories.make_parent().children.get()
    return Made(make_goal(child, set_at=at), child.public_id)


@maker("waitlist_entries")
def _waitlist_entry(at: datetime) -> Made:
    entry = make_entry(state="left", ended_at=at)
    return Made(entry, entry.joined_by.public_id)


@maker("care_plans")
def _care_plan(at: datetime) -> Made:
    plan = make_plan(status="completed", at=at)
    return Made(plan, plan.child.public_id)
