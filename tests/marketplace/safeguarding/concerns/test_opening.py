"""A text gives cause for concern."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from marketplace.notifications.enums import Channel
from marketplace.notifications.models import Message
from marketplace.safeguarding.concerns import rules
from marketplace.safeguarding.concerns.enums import EventKind
from marketplace.safeguarding.concerns.models import Concern, ConcernEvent
from marketplace.safeguarding.concerns.people import linked_person
from marketplace.safeguarding.concerns.services import acknowledge, close, open_concern
from marketplace.safeguarding.enums import Kind, Level, Source
from tests import factories
from tests.factories.concerns import make_concern, make_keeper, make_lead, make_sleeper

pytestmark = pytest.mark.django_db


def write(author=None, child=None, **words) -> Concern:
    fields = {"kind": Kind.SELF_HARM, "level": Level.CONCERN, "source": Source.INTAKE, "ref": str(uuid4())} | words
    return open_concern(author=author, child=child, **fields)


def told(person) -> int:
    return Message.objects.filter(recipient=person, channel=Channel.SMS).count()


def test_whom_it_is_about_stands_only_in_the_seal():
    teen = factories.make_teen()
    concern = write(author=teen)
    child = teen.young_profile
    assert linked_person(concern).child == child
    row = Concern.objects.filter(pk=concern.pk).values().get()
    assert str(child.public_id) not in str({key: value for key, value in row.items() if key != "link"})
    assert str(child.public_id).encode() not in bytes(row["link"].ciphertext)


def test_a_second_text_of_the_same_kind_gathers_and_another_kind_does_not():
    teen = factories.make_teen()
    first, again = write(author=teen), write(author=teen)
    other = write(author=teen, kind=Kind.EATING)
    assert first == again != other
    assert list(first.events.values_list("kind", flat=True)) == [EventKind.OPENED, EventKind.GATHERED]


def test_the_same_text_again_changes_nothing():
    teen = factories.make_teen()
    write(author=teen, ref="a"), write(author=teen, ref="a")
    assert ConcernEvent.objects.count() == 1


def test_what_is_written_without_a_name_never_meets_what_is_written_with_one():
    teen = factories.make_teen()
    post, letter = write(author=teen, source=Source.POST), write(author=teen, source=Source.INTAKE)
    assert post != letter and post.mark != letter.mark
    assert rules.is_nameless(list(post.events.all())) and not rules.is_nameless(list(letter.events.all()))


def test_a_closed_one_is_followed_by_a_new_one():
    keeper, teen = make_keeper(), factories.make_teen()
    first = write(author=teen)
    acknowledge(public_id=first.public_id, by=keeper)
    close(public_id=first.public_id, outcome="support", reason="聊过了", by=keeper)
    assert write(author=teen) != first


def test_a_more_urgent_text_owes_a_new_look():
    keeper, teen = make_keeper(), factories.make_teen()
    concern = write(author=teen)
    acknowledge(public_id=concern.public_id, by=keeper)
    again = write(author=teen, level=Level.URGENT)
    assert (again.round, again.acknowledged_at, again.urgency) == (2, None, Level.URGENT)


def test_a_less_urgent_text_tells_whoever_looks_after_it_and_nobody_else():
    keeper, other, teen = make_keeper(), make_keeper(), factories.make_teen()
    concern = write(author=teen)
    before = told(other)
    acknowledge(public_id=concern.public_id, by=keeper)
    write(author=teen)
    assert (told(keeper), told(other)) == (2, before)


def test_an_urgent_text_long_after_somebody_looked_owes_a_new_look():
    keeper, teen = make_keeper(), factories.make_teen()
    concern = write(author=teen, level=Level.URGENT)
    acknowledge(public_id=concern.public_id, by=keeper)
    soon = write(author=teen, level=Level.URGENT, at=timezone.now() + timedelta(minutes=5))
    assert soon.round == 1
    later = write(author=teen, level=Level.URGENT, at=timezone.now() + timedelta(minutes=45))
    assert (later.round, later.acknowledged_at) == (2, None)


def test_many_texts_at_once_alarm_once():
    keeper, teen = make_keeper(), factories.make_teen()
    for _ in range(4):
        write(author=teen)
    assert told(keeper) == 1


def test_while_staffed_a_look_is_promised_in_five_minutes():
    keeper = make_keeper()
    concern = make_concern()
    assert concern.acknowledge_by - concern.opened_at == timedelta(minutes=5)
    assert told(keeper) == 1


def test_with_nobody_on_duty_everybody_with_the_duty_is_told_and_it_is_owed():
    sleepers = [make_sleeper(), make_sleeper()]
    concern = make_concern()
    assert concern.acknowledge_by is None
    assert [told(each) for each in sleepers] == [1, 1]


def test_where_nobody_has_the_duty_the_leads_are_told():
    lead = make_lead()
    assert make_concern().alerted_at and told(lead) == 1


def test_messages_say_nothing_of_it():
    make_keeper()
    make_concern(kind=Kind.ABUSE, level=Level.URGENT)
    for message in Message.objects.all():
        assert not any(word in message.body + message.subject for word in ("伤害", "危险", "自杀", "孩子", "紧急"))


def test_a_report_about_nobody_we_know_gathers_by_its_thread():
    thread = str(uuid4())
    first = write(source=Source.REPORT, ref=thread)
    more = write(source=Source.REPORT, ref=str(uuid4()), thread=thread)
    assert first == more != write(source=Source.REPORT)


def test_drills_are_concerns_of_nobody():
    first = open_concern(
        kind=Kind.EATING, level=2, source=Source.INTAKE, ref="not-eating", author=None, child=None, drill=True
    )
    second = open_concern(
        kind=Kind.EATING, level=2, source=Source.INTAKE, ref="not-eating", author=None, child=None, drill=True
    )
    assert first != second and (first.link, first.mark) == ("", "")
