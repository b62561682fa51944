"""The demo's moderation desk: trained colleagues, a few texts that wait, decisions with real waits, a drill that is over."""

from datetime import timedelta

from django.utils import timezone

from cms.community.models import Case, Decision, HoldEntry, HoldMode, Post, Topic
from cms.community.moderation.enums import Cause, Outcome, Training
from cms.community.moderation.services import claiming, deciding
from cms.community.moderation.services.reporting import report
from cms.community.moderation.services.resting import record_training
from cms.community.moderation.wording import BY_KEY
from cms.community.postvention.enums import HoldCause, HoldStep, Theme
from cms.community.services import writing
from marketplace.accounts.models import User

from ..data import moderation as data
from ..keys import stable_id


def make_moderation() -> bool:
    """Fill the desk, once; return whether it was filled."""
    if Decision.objects.exists():
        return False
    staff, lead = (User.objects.get(public_id=stable_id("user", key)) for key in ("staff", "lead"))
    _train(staff, lead)
    _train(lead, staff)
    _decide_what_is_shown(staff)
    _return_one(staff)
    _let_some_wait()
    _report_one()
    _drill_of_last_month(staff, lead)
    return True


def _train(learner: User, recorder: User) -> None:
    done = timezone.localdate() - timedelta(days=40)
    for course in Training:
        record_training(moderator=learner, course=course, completed_on=done, recorded_by=recorder)


def _decide_what_is_shown(staff: User) -> None:
    """What the demo's members wrote was seen by somebody, sooner or later."""
    words = str(BY_KEY["shown"].words)
    for number, post in enumerate(Post.objects.filter(state="shown").order_by("pk")):
        waited = timedelta(minutes=data.WAITED_MINUTES[number % len(data.WAITED_MINUTES)])
        decided = (post.slot or timezone.now()) + waited
        case = post.cases.order_by("pk").first() or Case(post=post, cause=Cause.NEW)
        case.opened_at, case.settled_at = decided - waited, decided
        case.save()
        Decision.objects.create(
            case=case,
            decided_by=staff,
            outcome=Outcome.PUBLISH,
            template="shown",
            words=words,
            decided_at=decided,
            waited_seconds=waited // timedelta(seconds=1),
            state_before="waiting",
        )


def _return_one(staff: User) -> None:
    need, text = data.RETURNED
    case = _written("xiao-he-self", need, text).cases.get(settled_at=None)
    claiming.claim_case(public_id=case.public_id, moderator=staff)
    claiming.open_words(public_id=case.public_id, moderator=staff)
    choice = deciding.Choice(
        outcome=Outcome.ASK_TO_CHANGE, template="who_can_tell", words=data.RETURNED_WORDS, thought_of_safety=True
    )
    deciding.decide(public_id=case.public_id, choice=choice, decided_by=staff)


def _let_some_wait() -> None:
    for number, (need, text) in enumerate(data.WAITING):
        _waiting_since(_written(f"community-{number}", need, text), timedelta(minutes=25 + 50 * number))
    need, text = data.HEAVY
    _waiting_since(_written("community-3", need, text), timedelta(minutes=9))


def _written(who: str, need: str, text: str) -> Post:
    member = User.objects.get(public_id=stable_id("user", who))
    topic = Topic.objects.get(need=need, band="15-18")
    written = writing.write_post(user=member, topic=topic, text=text).writing
    assert isinstance(written, Post)
    return written


def _waiting_since(post: Post, ago: timedelta) -> None:
    post.cases.filter(settled_at=None).update(opened_at=timezone.now() - ago)


def _report_one() -> None:
    shown = Post.objects.filter(state="shown").order_by("-slot", "pk").first()
    if shown is not None:
        report(writing=shown, reason="other", words=data.REPORT_WORDS, address="192.0.2.8")


def _drill_of_last_month(staff: User, lead: User) -> None:
    began = timezone.now() - timedelta(days=24)
    hold = HoldMode.objects.create(
        cause=HoldCause.DRILL,
        theme=Theme.LOSS,
        is_drill=True,
        seen=6,
        usual=0.5,
        first_sight_at=began - timedelta(seconds=2),
        began_at=began,
        look_again_at=began + timedelta(days=1),
        confirmed_at=began + timedelta(minutes=3),
        ended_at=began + timedelta(minutes=12),
        ended_by=lead,
    )
    steps = (
        (HoldStep.BEGAN, "", None, 0),
        (HoldStep.CONFIRMED, data.HOLD_REASON, staff, 3),
        (HoldStep.ENDED, data.HOLD_NOTE, lead, 12),
    )
    for step, words, who, minutes in steps:
        HoldEntry.objects.create(
            hold=hold, step=step, words=words, written_by=who, written_at=began + timedelta(minutes=minutes)
        )
