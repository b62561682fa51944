"""Thanks for honest words and for passing a link on: never for a good rating, never to minors, never told on."""

import ast
import inspect
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from catalog.vouchers import errors, models, services
from catalog.vouchers.models import Arrival, Reward
from catalog.vouchers.rules import REWARDS_A_YEAR
from catalog.vouchers.selectors import refuse_unusable
from catalog.vouchers.services import arrive_by_link, open_share_link, reward_feedback, rewarding
from marketplace.notifications.models import Message
from tests import factories

pytestmark = pytest.mark.django_db

#: Words by which a judgement could come in.
JUDGEMENTS = {"rating", "score", "stars", "review", "sentiment", "text", "body", "comment", "positive", "mood"}


@pytest.fixture
def parent():
    return factories.make_parent()


def held(parent) -> Booking:
    """A session that took place; each on a day of its own, a child is in one place only."""
    day = timezone.now() + timedelta(days=30 + Booking.objects.count())
    booking = factories.make_booking(booked_by=parent, child=parent.children.first(), starts_at=day)
    Booking.objects.filter(pk=booking.pk).update(status=BookingStatus.FULFILLED)
    booking.refresh_from_db()
    return booking


class TestItCannotSeeWhatWasSaid:
    """OPS-03: a reward for good reviews only is impossible, because nothing of a review reaches the service."""

    def test_the_signature_takes_a_person_and_a_booking(self):
        assert set(inspect.signature(reward_feedback).parameters) == {"person", "booking", "now"}

    def test_what_it_stores_has_no_room_for_a_judgement(self):
        for model in (Reward, Arrival, models.ShareLink, Booking):
            names = {field.name for field in model._meta.get_fields()}
            assert not names & JUDGEMENTS, model

    def test_the_code_names_no_judgement_and_imports_no_reviews(self):
        for module in (rewarding, services.sharing, services.making):
            tree = ast.parse(Path(module.__file__).read_text())
            names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            imported = {
                alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.Import | ast.ImportFrom)
                for alias in node.names
            }
            assert not (names | attributes | imported) & JUDGEMENTS, module
            sources = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            assert not any("review" in source for source in sources)

    def test_everybody_gets_the_same(self):
        amounts = set()
        for _each in range(3):
            parent = factories.make_parent()
            reward = reward_feedback(person=parent, booking=held(parent))
            amounts.add(reward.voucher.offers.get().benefit.value)
        assert len(amounts) == 1


class TestFeedback:
    def test_once_for_each_session(self, parent):
        booking = held(parent)
        reward_feedback(person=parent, booking=booking)
        with pytest.raises(errors.AlreadyRewarded):
            reward_feedback(person=parent, booking=booking)

    def test_only_for_ones_own_session_that_took_place(self, parent):
        with pytest.raises(errors.NotYourSession):
            reward_feedback(person=factories.make_parent(), booking=held(parent))
        coming = factories.make_booking(booked_by=parent, child=parent.children.first())
        with pytest.raises(errors.NotYourSession):
            reward_feedback(person=parent, booking=coming)

    def test_not_for_minors(self, parent):
        teen = factories.make_teen(parent)
        booking = held(parent)
        Booking.objects.filter(pk=booking.pk).update(booked_by=teen)
        booking.refresh_from_db()
        with pytest.raises(errors.NotForMinors):
            reward_feedback(person=teen, booking=booking)

    def test_not_without_end(self, parent):
        for _each in range(REWARDS_A_YEAR["feedback"]):
            reward_feedback(person=parent, booking=held(parent))
        with pytest.raises(errors.EnoughRewards):
            reward_feedback(person=parent, booking=held(parent))

    def test_the_voucher_is_that_persons_alone_and_the_message_neutral(self, parent):
        reward = reward_feedback(person=parent, booking=held(parent))
        refuse_unusable(reward.voucher, user=parent, now=timezone.now())
        with pytest.raises(errors.VoucherUnknown):
            refuse_unusable(reward.voucher, user=factories.make_parent(), now=timezone.now())
        words = " ".join(Message.objects.filter(recipient=parent).values_list("body", flat=True))
        assert "优惠券" in words and not any(word in words for word in ("好评", "评价", "咨询", "五星"))


class TestSharing:
    def test_both_sides_get_the_same_and_nobody_learns_who(self, parent):
        link = open_share_link(owner=parent)
        newcomer = factories.make_user(nickname="新来的人")
        arrive_by_link(code=link.code, newcomer=newcomer)
        values = [reward.voucher.offers.get().benefit.value for reward in Reward.objects.all()]
        assert len(values) == 2 and len(set(values)) == 1
        told = " ".join(Message.objects.filter(recipient=parent).values_list("body", flat=True))
        assert newcomer.nickname not in told

    def test_once_only_new_and_not_oneself(self, parent):
        link = open_share_link(owner=parent)
        newcomer = factories.make_user()
        arrive_by_link(code=link.code, newcomer=newcomer)
        old = factories.make_user(date_joined=timezone.now() - timedelta(days=30))
        for person in (newcomer, old, parent):
            with pytest.raises(errors.NotNew):
                arrive_by_link(code=link.code, newcomer=person)
        with pytest.raises(errors.LinkUnknown):
            arrive_by_link(code="nothing", newcomer=factories.make_user())

    def test_minors_neither_share_nor_arrive(self, parent):
        teen = factories.make_teen(parent)
        with pytest.raises(errors.NotForMinors):
            open_share_link(owner=teen)
        with pytest.raises(errors.NotForMinors):
            arrive_by_link(code=open_share_link(owner=parent).code, newcomer=teen)

    def test_past_the_years_limit_the_newcomer_is_still_thanked(self, parent):
        link = open_share_link(owner=parent)
        for _each in range(REWARDS_A_YEAR["sharing"] + 1):
            arrive_by_link(code=link.code, newcomer=factories.make_user())
        assert Reward.objects.filter(person=parent).count() == REWARDS_A_YEAR["sharing"]
        assert Reward.objects.filter(kind="welcome").count() == REWARDS_A_YEAR["sharing"] + 1

    def test_the_page_behind_the_link_says_nothing_of_its_owner(self, client, parent):
        link = open_share_link(owner=parent)
        page = client.get(reverse("vouchers:arrive", args=[link.code])).content.decode()
        assert "欢迎来到心桥" in page and parent.nickname not in page
        assert not Arrival.objects.exists()
        assert client.get(reverse("vouchers:arrive", args=["nothing"])).status_code == 404

    def test_a_newcomer_takes_the_voucher_on_the_page(self, parent):
        link = open_share_link(owner=parent)
        newcomer = factories.signed_in(factories.make_user())
        page = newcomer.post(reverse("vouchers:arrive", args=[link.code]), follow=True).content.decode()
        assert Reward.objects.get(kind="welcome").voucher.code in page
