"""What readers keep of the library, what they send in for it, and who signed up for its talks."""

from datetime import datetime

from cms.content.events.services import digest_of
from cms.content.models import EventSeat, ItemSave, LessonProgress
from cms.content.submissions.enums import Attribution, Form, Refusal, State
from tests import factories
from tests.factories.library import make_reviewed
from tests.factories.reading import make_certificate, make_course
from tests.factories.talks import make_event
from tests.support.library_things import make_submission

from .made import DAY, HOUR, Made, dated, maker


@maker("saved_items")
def _saved_item(at: datetime) -> Made:
    user = factories.make_user()
    row = ItemSave.objects.create(user=user, item=make_reviewed(in_demo=True), saved_at=at)
    return Made(row, user.public_id)


@maker("library_lessons")
def _lesson(at: datetime) -> Made:
    user = factories.make_user()
    row = LessonProgress.objects.create(user=user, item=make_course(), lesson=1, state="done", changed_at=at)
    return Made(row, user.public_id)


@maker("course_certificates")
def _course_certificate(at: datetime) -> Made:
    user = factories.make_user()
    return Made(dated(make_certificate(user), issued_at=at), user.public_id)


@maker("submissions")
def _submission(at: datetime) -> Made:
    teen = factories.make_teen(age=16)
    row = make_submission(
        child=teen.young_profile,
        sent_by=teen,
        form=Form.PICTURE,
        file="iVBORw0KGgo=",
        file_type="image/jpeg",
        attribution=Attribution.ALIAS,
        alias="小云",
        agreed_at=at,
        sent_at=at,
        state=State.DECLINED,
        refusal=Refusal.RECOGNISABLE,
        decided_at=at + DAY,
        decided_by=factories.make_staff(duties=[]),
    )
    return Made(row, teen.young_profile.public_id)


@maker("event_seats")
def _seat(at: datetime) -> Made:
    person = factories.make_user()
    row = EventSeat.objects.create(
        event=make_event(starts_at=at - HOUR, ends_at=at),
        person=person,
        called="小林",
        contact="lin@example.com",
        secret_digest=digest_of("x"),
        asked_at=at - 9 * DAY,
    )
    return Made(row, person.public_id)
