"""A plan that a demo teenager's counsellor wrote with her, and what came of it so far."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from catalog.plans.enums import GoalStatus, StepStatus
from catalog.plans.models import CarePlan, PlanStep, StepBooking
from catalog.plans.selectors import bookable_services
from catalog.plans.services import add_goal, add_step, begin_plan, change_goal, change_step, start_plan
from catalog.plans.services.parts import StepWords
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, GranteeKind, Purpose
from marketplace.consent.services import grant_consent
from marketplace.families.models import Child

from ..keys import stable_id

_TEEN = "xiao-he"
_TITLE = "（示例）慢慢回到人群里"
_ABOUT = (
    "（示例）转班以后，小禾课间常常一个人。她说最想要的不是很多朋友，是“不用每次开口前都想很久”。"
    "我们约好一步一步来，每一步都可以停。"
)
_GOALS = (
    ("（示例）课间能和同桌说几句话", GoalStatus.COMPLETED),
    ("（示例）小组作业时，能说一次自己的想法", GoalStatus.ACTIVE),
)
_STEPS = (
    ("（示例）记一周：哪几次其实开了口", StepStatus.COMPLETED),
    ("（示例）和同桌说一句准备好的话，说完就可以走", StepStatus.COMPLETED),
    ("（示例）小组作业前一晚，把想说的一句写在便利贴上", StepStatus.IN_PROGRESS),
)
_MEET, _LOOK_BACK = "（示例）再见一次面，看看便利贴好不好用", "（示例）一起回看：哪里好些了，还想往哪里走"
_MONTHS = timedelta(days=180)


def make_care_plan() -> bool:
    """Let the teenager's counsellor write a plan with her; once."""
    teen = Child.objects.select_related("account").get(public_id=stable_id("child", _TEEN))
    if teen.account is None or CarePlan.objects.filter(child=teen).exists():
        return False
    held = Booking.objects.filter(child=teen, status=BookingStatus.FULFILLED, occupancy__provider__user__isnull=False)
    last = (
        held.select_related("occupancy__provider__user", "occupancy__provider__partner").order_by("-starts_at").first()
    )
    if last is None:
        return False
    _show(teen, teen.account, last)
    _write(teen, last, timezone.localdate())
    return True


@transaction.atomic
def _show(teen: Child, account: User, booking: Booking) -> None:
    """The teenager lets the clinic see her plans."""
    clinic = booking.occupancy.provider.partner
    grant_consent(
        child=teen,
        grantee_kind=GranteeKind.ORGANISATION,
        grantee_id=clinic.public_id,
        grantee_label=clinic.name,
        items=[DataItem.PLAN],
        purpose=Purpose.CARE,
        until=timezone.now() + _MONTHS,
        given_by=account,
    )


def _write(teen: Child, booking: Booking, today: date) -> None:
    provider, look_back = booking.occupancy.provider, today + timedelta(weeks=4)
    writer = provider.user
    if writer is None:
        return
    plan = begin_plan(child=teen, provider=provider, begun_by=writer, title=_TITLE, about=_ABOUT, review_on=look_back)
    goals = [add_goal(plan=plan, text=text, added_by=writer) for text, _status in _GOALS]
    steps = [add_step(plan=plan, words=StepWords(text), added_by=writer) for text, _status in _STEPS]
    service = bookable_services(provider.partner).filter(providers=provider).first()
    meet = add_step(plan=plan, words=StepWords(_MEET, service=service, provider=provider), added_by=writer)
    add_step(plan=plan, words=StepWords(_LOOK_BACK, review_on=look_back), added_by=writer)
    start_plan(plan=plan, started_by=writer)
    for goal, (text, reached) in zip(goals, _GOALS, strict=True):
        if reached != goal.status:
            change_goal(goal=goal, text=text, status=reached, changed_by=writer)
    for step, (text, done) in zip(steps, _STEPS, strict=True):
        change_step(step=step, words=StepWords(text), status=done, changed_by=writer)
    _point_at_the_next(meet)


def _point_at_the_next(step: PlanStep) -> None:
    """What she has booked with this counsellor already is that step; otherwise it is still to be booked."""
    coming = Booking.objects.filter(
        child=step.plan.child_id,
        status=BookingStatus.BOOKED,
        occupancy__provider=step.provider_id,
        starts_at__gt=timezone.now(),
        step_booking=None,
    )
    if (booking := coming.order_by("starts_at").first()) is not None:
        StepBooking.objects.create(step=step, booking=booking)
        PlanStep.objects.filter(pk=step.pk).update(status=StepStatus.SCHEDULED, service=booking.service_id)
