"""Things of the library the doors name: talks and seats, submissions, packages, cards."""

from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cms.content.events.services import sign_up
from cms.content.models import Event, Submission
from cms.content.sharing.services import share_item
from cms.content.submissions.enums import About, Teller
from marketplace.doors.kinds import Visitor
from tests import factories
from tests.factories.library import make_reviewed

from .door_things import Person, Thing, thing


@thing("talk")
def _talk(person: Person) -> Thing:
    event = factories.make_event()
    return Thing({"slug": event.slug}, event, is_open=True, is_shared=True, data={"seats": 1, "waits": "on"})


@thing("talk signed up for")
def _own_talk(person: Person) -> Thing:
    event = factories.make_event()
    if person.user is not None:
        sign_up(event=event, person=person.user)
    return Thing({"slug": event.slug}, event, is_open=True)


def _seat(person: Person) -> tuple[Any, str]:
    signed = sign_up(event=factories.make_event(), person=None)
    return signed.seat, signed.secret


@thing("seat with a link")
def _linked_seat(person: Person) -> Thing:
    seat, secret = _seat(person)
    return Thing({"public_id": seat.public_id}, seat, query=urlencode({"k": secret}), is_shared=True)


@thing("seat to give back")
def _seat_to_give_back(person: Person) -> Thing:
    seat, secret = _seat(person)
    return Thing({"public_id": seat.public_id}, seat, data={"k": secret}, is_shared=True)


def make_submission(**fields: Any) -> Submission:
    """A waiting work of a teen of sixteen, unless told otherwise."""
    values = {
        "title": "我的窗台",
        "words": "窗台上有三盆薄荷，写不出作业的时候我就闻一闻。",
        "need": "feelings",
        "age_band": "12-14",
        "agreed_at": timezone.now(),
    }
    return Submission.objects.create(**values | fields)


@thing("own submission")
def _own_submission(person: Person) -> Thing:
    if person.visitor == Visitor.TEEN:
        row = make_submission(child=person.child, sent_by=person.user)
    else:
        row = make_submission(about=About.STORY, teller=Teller.PARENT, sent_by=person.user)
    return Thing({"public_id": row.public_id}, row)


@thing("submission")
def _submission(person: Person) -> Thing:
    teen = factories.make_teen(age=16)
    row = make_submission(
        child=teen.young_profile, sent_by=teen, form="picture", file="iVBORw0KGgo=", file_type="image/jpeg"
    )
    return Thing({"public_id": row.public_id}, row, is_shared=True, data={"refusal": "other"})


@thing("item to share")
def _item_to_share(person: Person) -> Thing:
    item = make_reviewed()
    return Thing(data={"item": item.slug, "holder_name": "示例中学"}, is_shared=True)


@thing("package")
def _package(person: Person) -> Thing:
    _copy, package = share_item(item=make_reviewed(), holder_name="示例中学", made_by=None)
    return Thing(data={"package": SimpleUploadedFile("a.zip", package)}, is_shared=True)


@thing("card")
def _card(person: Person) -> Thing:
    event: Event = factories.make_event()
    return Thing({"sort": "talk", "slug": event.slug}, event, is_open=True, is_shared=True)
