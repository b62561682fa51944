"""Talks with people signed up, a story that can be taken back, and a work that waits for an editor."""

from datetime import date, timedelta

from django.utils import timezone

from cms.content.editing.services import publish_in_demo
from cms.content.events.services import sign_up
from cms.content.models import Event, LibraryIndex, Reviewer, Submission
from cms.content.submissions.enums import About, Form
from cms.content.submissions.services import Sent, accept_submission, send_in
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.core.formatting import in_shanghai

from ..data.talks import STORY, TALKS, WORK, DemoTalk
from ..keys import stable_id


def make_talks() -> bool:
    """Plan the demo's talks, name its reviewer, and send in a story and a work, each once; return whether it was done."""
    plans, sends = not Event.objects.exists(), LibraryIndex.objects.exists() and not Submission.objects.exists()
    if plans:
        for talk in TALKS:
            _plan(talk)
        _name_reviewer()
    if sends:
        _send_in()
    return plans or sends


def _name_reviewer() -> None:
    lead = User.objects.filter(public_id=stable_id("user", "lead")).first()
    if lead is not None and not Reviewer.objects.filter(user=lead).exists():
        Reviewer.objects.create(
            user=lead,
            name="沈述（示例）",
            role="平台负责人",
            qualification="注册心理师（示例人物）",
            qualified_from=date(2026, 1, 1),
            is_demo=True,
        )


def _plan(talk: DemoTalk) -> None:
    day = in_shanghai(timezone.now()) + timedelta(days=talk.days)
    starts_at = day.replace(hour=talk.hour, minute=0, second=0, microsecond=0)
    event = Event.objects.create(
        slug=talk.slug,
        title=talk.title,
        summary=talk.summary,
        description=talk.description,
        speaker=talk.speaker,
        speaker_role=talk.speaker_role,
        partner=talk.partner,
        partner_name=talk.partner_name,
        audience=talk.audience,
        need=talk.need,
        place=talk.place,
        address=talk.address,
        how_to_join=talk.how_to_join,
        access=talk.access,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=talk.minutes),
        seats=talk.seats,
        is_published=True,
        is_example=True,
    )
    for seats in talk.signed_up:
        sign_up(event=event, person=None, seats=seats, waits=True)


def _send_in() -> None:
    staff = User.objects.get(public_id=stable_id("user", "staff"))
    parent = User.objects.filter(role=Role.FAMILY).order_by("pk").first()
    teen = User.objects.filter(role=Role.TEEN, young_profile__isnull=False).order_by("pk").first()
    if parent is not None:
        story, _answer = send_in(sent_by=parent, child=None, sent=_sent(About.STORY, *STORY, need="home", band="adult"))
        if not Submission.objects.get(pk=story.pk).is_held:
            item = accept_submission(public_id=story.public_id, decided_by=staff)
            publish_in_demo(revision=item.latest_revision)
    if teen is not None and teen.young_profile.rules.decides_alone:
        work = _sent(About.WORK, *WORK, need="feelings", band="12-14")
        send_in(sent_by=teen, child=teen.young_profile, sent=work)


def _sent(about: About, title: str, words: str, *, need: str, band: str) -> Sent:
    return Sent(about=about, form=Form.TEXT, title=title, words=words, need=need, age_band=band)
