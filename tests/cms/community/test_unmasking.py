"""Who is behind a name: two persons, a reason, a short time, and a record of every step."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.community import errors
from cms.community.enums import UnmaskingReason, UnmaskingState
from cms.community.models import Unmasking
from cms.community.retention import _end, _links
from cms.community.selectors.own import own_aliases
from cms.community.services import unmasking
from marketplace.core.audit.models import AuditEvent
from tests import factories
from tests.factories.community import make_post, make_reply

pytestmark = pytest.mark.django_db
WHY = "法院来函，要求协助查明这一条是谁写的。"


def ask(writing=None, by=None):
    return unmasking.ask_who(
        asked_by=by or factories.make_staff(), writing=writing or make_post(), reason=UnmaskingReason.COURT, why=WHY
    )


def test_two_persons_and_a_reason_open_it_and_all_is_written_down():
    author, one, two = factories.make_teen(age=16), factories.make_staff(), factories.make_staff()
    asked = ask(make_post(author), one)
    unmasking.decide(decided_by=two, unmasking_id=asked.public_id, agrees=True)
    assert unmasking.open_unmasking(opened_by=one, unmasking_id=asked.public_id) == author
    said = list(
        AuditEvent.objects.filter(reason__startswith="unmasking").order_by("pk").values_list("reason", flat=True)
    )
    assert said == ["unmasking_asked", "unmasking_granted", "unmasking_opened"]
    before = AuditEvent.objects.filter(reason__in=("unmasking_asked", "unmasking_granted"))
    assert not before.filter(subject_id__in=(author.public_id, author.young_profile.public_id)).exists()


def test_one_person_is_not_enough():
    one = factories.make_staff()
    asked = ask(by=one)
    with pytest.raises(errors.SecondPersonNeeded):
        unmasking.decide(decided_by=one, unmasking_id=asked.public_id, agrees=True)
    with pytest.raises(errors.NotGranted):
        unmasking.open_unmasking(opened_by=one, unmasking_id=asked.public_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unmasking.objects.filter(pk=asked.pk).update(decided_by=one)


def test_it_ends_after_two_hours_and_is_only_for_whoever_asked():
    one, two, three = (factories.make_staff() for _ in range(3))
    asked = ask(by=one)
    unmasking.decide(decided_by=two, unmasking_id=asked.public_id, agrees=True)
    for by, now in ((three, timezone.now()), (one, timezone.now() + unmasking.OPEN_FOR + timedelta(minutes=1))):
        with pytest.raises(errors.NotGranted):
            unmasking.open_unmasking(opened_by=by, unmasking_id=asked.public_id, now=now)


def test_refused_is_refused():
    one = factories.make_staff()
    asked = ask(by=one)
    unmasking.decide(decided_by=factories.make_staff(), unmasking_id=asked.public_id, agrees=False)
    with pytest.raises(errors.NotGranted):
        unmasking.open_unmasking(opened_by=one, unmasking_id=asked.public_id)
    with pytest.raises(errors.AlreadyDecided):
        unmasking.decide(decided_by=factories.make_staff(), unmasking_id=asked.public_id, agrees=True)


@pytest.mark.parametrize("who", [lambda: factories.make_staff(duties=[]), factories.make_parent, factories.make_teen])
def test_nobody_else_asks(who):
    with pytest.raises(errors.NotOnDutyForThis):
        ask(by=who())


def test_a_reason_is_more_than_a_word():
    with pytest.raises(errors.ReasonMissing):
        unmasking.ask_who(
            asked_by=factories.make_staff(), writing=make_post(), reason=UnmaskingReason.COURT, why="想知道"
        )


def test_half_a_year_later_nobody_can_tell_any_more():
    member = factories.make_teen(age=16)
    reply = make_reply(member, thread=make_post())
    later = timezone.now() + timedelta(days=190)
    assert _links(later - timedelta(days=183)).count() == 2
    assert _end(_links(later - timedelta(days=183))) == 2
    assert not _links(later).exists()
    with pytest.raises(errors.LinkGone):
        ask(reply)
    assert own_aliases(member) == []
    reply.refresh_from_db()
    assert reply.is_shown and reply.text
    assert not Unmasking.objects.filter(state=UnmaskingState.GRANTED).exists()
