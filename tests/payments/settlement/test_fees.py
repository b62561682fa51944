"""The rules: two people, seven days, and never a change after."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from payments.settlement.errors import NoticeTooShort, PublishedAlready, SecondPersonNeeded, SharesTooMuch
from payments.settlement.models import FeeLine, FeeVersion
from payments.settlement.selectors import fees_in_force, next_fees, past_fees
from payments.settlement.services import FeeDraft, draft_fees, publish_fees, redraft_fees
from tests import factories
from tests.payments.settlement.made import TEXTS, make_fees

pytestmark = pytest.mark.django_db(transaction=False)


def drafted(by, *, days: int = 8, lines=(("platform", "平台服务费", "Platform fee", 800),)) -> FeeVersion:
    draft = FeeDraft(valid_from=timezone.now() + timedelta(days=days), texts=TEXTS, lines=lines)
    return draft_fees(draft=draft, drafted_by=by)


def test_published_by_a_second_person_a_week_ahead():
    first, second = factories.make_staff(), factories.make_staff()
    make_fees()
    version = drafted(first)
    with pytest.raises(SecondPersonNeeded):
        publish_fees(version=version, published_by=first)
    with pytest.raises(NoticeTooShort):
        publish_fees(version=drafted(first, days=6), published_by=second)
    published = publish_fees(version=version, published_by=second)
    assert published.is_published
    with pytest.raises(PublishedAlready):
        publish_fees(version=version, published_by=second)
    with pytest.raises(PublishedAlready):
        redraft_fees(version=version, draft=FeeDraft(timezone.now(), TEXTS, ()), drafted_by=first)


def test_the_first_rules_may_count_at_once():
    version = drafted(factories.make_staff(), days=0)
    FeeVersion.objects.filter(pk=version.pk).update(valid_from=timezone.now() + timedelta(seconds=5))
    assert publish_fees(version=version, published_by=factories.make_staff()).is_published


def test_a_draft_may_be_rewritten():
    first, second = factories.make_staff(), factories.make_staff()
    version = drafted(first)
    lines = (("a", "甲", "A", 100), ("b", "乙", "B", 200))
    redrafted = redraft_fees(version=version, draft=FeeDraft(version.valid_from, TEXTS, lines), drafted_by=second)
    assert [(line.code, line.bps) for line in redrafted.lines.all()] == [("a", 100), ("b", 200)]
    assert redrafted.drafted_by == second


@pytest.mark.parametrize(
    "lines", [(("a", "甲", "A", 9000), ("b", "乙", "B", 1000)), (("a", "甲", "A", 1), ("a", "乙", "B", 1))]
)
def test_shares_never_take_everything(lines):
    with pytest.raises(SharesTooMuch):
        drafted(factories.make_staff(), lines=lines)


def test_the_database_refuses_every_change_of_published_rules():
    version = make_fees()
    changes = [
        lambda: FeeVersion.objects.filter(pk=version.pk).update(price_rules="别的"),
        lambda: FeeVersion.objects.filter(pk=version.pk).delete(),
        lambda: FeeLine.objects.filter(version=version).update(bps=1),
        lambda: FeeLine.objects.filter(version=version).first().delete(),
        lambda: FeeLine.objects.create(version=version, code="new", label="x", label_en="x", bps=1),
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            change()


def test_the_database_wants_a_second_person():
    version = make_fees(published=False)
    with pytest.raises(IntegrityError, match="fees_published_by_a_second"):
        FeeVersion.objects.filter(pk=version.pk).update(
            published_by=version.drafted_by, published_at=version.valid_from
        )


def test_which_rules_count():
    now = timezone.now()
    old = make_fees(valid_from=now - timedelta(days=90))
    current = make_fees(valid_from=now - timedelta(days=30))
    coming = make_fees(valid_from=now + timedelta(days=30))
    make_fees(valid_from=now - timedelta(days=1), published=False)
    assert fees_in_force() == current
    assert list(next_fees()) == [coming]
    assert past_fees() == [old]
    assert fees_in_force(now - timedelta(days=60)) == old
    assert fees_in_force(now - timedelta(days=365)) is None
