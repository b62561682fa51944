"""Wherever families write something down in the shop, the gate reads it: the numbers come at once, nothing is lost, and the
desk can read the words where they lie."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.basket.models import Basket
from catalog.consultations.feedback.models import Feedback
from catalog.consultations.measures.models import Goal
from catalog.order.models import Order, OrderQuestion
from marketplace.accounts.enums import Duty
from marketplace.safeguarding.concerns.contexts import context_of
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.models import Screening
from tests import factories
from tests.catalog.order.placed import order_of, put_session
from tests.factories.consultations import make_held_session
from tests.support.clients import find_static_files_when_asked

pytestmark = pytest.mark.django_db
DANGER = "我不想活了，今晚就从楼顶跳下去"
FORM = {"contact_name": "林女士", "contact_phone": "138 0000 0000"}


@pytest.fixture(autouse=True)
def duty():
    find_static_files_when_asked()
    return factories.make_staff(duties=[Duty.SAFETY])


@pytest.fixture
def parent():
    return factories.make_parent(children=0)


@pytest.fixture
def teen(parent):
    return factories.make_teen(parent)


def shows_numbers(html: str) -> bool:
    return "help-now" in html and "tel:12356" in html


def kept_once(source: Source, text: str = DANGER) -> None:
    """One screening, one concern, and a reader for the desk that finds the words by the screening's ref."""
    screening = Screening.objects.get(source=source)
    assert Concern.objects.count() == 1
    found = context_of(source, screening.ref)
    assert found is not None and found.text == text and found.written_at <= timezone.now()


def test_a_note_with_an_order():
    parent = factories.make_parent()
    put_session(parent, factories.make_service(price_fen=0))
    basket = Basket.objects.get(owner=parent, status=Basket.OPEN)
    client = factories.signed_in(parent)
    html = client.post("/checkout/", FORM | {"basket": basket.pk, "note": DANGER}, follow=True).content.decode()
    assert shows_numbers(html) and Order.objects.get().note == DANGER
    kept_once(Source.NOTE)
    assert "help-now" not in client.get(reverse("orders:list")).content.decode()


def test_a_question_about_an_order(parent):
    order = order_of(parent, factories.make_course())
    ask = reverse("orders:ask", args=[order.public_id])
    client = factories.signed_in(parent)
    assert not shows_numbers(client.post(ask, {"body": "可以开发票吗？"}, follow=True).content.decode())
    html = client.post(ask, {"body": DANGER}, follow=True).content.decode()
    assert shows_numbers(html) and OrderQuestion.objects.count() == 2
    kept_once(Source.MESSAGE)


def test_a_goal_before_a_session(teen, parent):
    booking = factories.make_booking(
        service=factories.make_service(),
        child=teen.young_profile,
        booked_by=parent,
        starts_at=timezone.now() + timedelta(hours=3),
    )
    html = (
        factories.signed_in(teen)
        .post(
            reverse("measures:answer", args=[booking.public_id]), {"goal_text": DANGER, "goal-near": "0"}, follow=True
        )
        .content.decode()
    )
    assert shows_numbers(html) and Goal.objects.get().text == DANGER
    kept_once(Source.INTAKE)


def test_words_after_a_session(teen, parent):
    held = make_held_session(teen.young_profile, parent)
    html = (
        factories.signed_in(teen)
        .post(
            reverse("feedback:give", args=[held.public_id]), {"rating": "2", "words": "每天都在想怎么去死"}, follow=True
        )
        .content.decode()
    )
    given = Feedback.objects.get()
    assert shows_numbers(html) and given.sounds_urgent and given.words
    kept_once(Source.REVIEW, "每天都在想怎么去死")


def test_words_that_are_gone_are_read_by_nobody():
    for source in (Source.NOTE, Source.MESSAGE, Source.INTAKE, Source.REVIEW):
        assert context_of(source, "0b6f2c1e-1111-4111-8111-111111111111") is None


def test_a_search_shows_the_numbers_and_is_not_kept(client, teen):
    words = {"q": "我不想活了怎么办"}
    assert shows_numbers(client.get("/services/", words).content.decode().split("<main")[1])
    assert not Screening.objects.exists() and not Concern.objects.exists()
    assert not shows_numbers(client.get("/services/", {"q": "考试焦虑"}).content.decode().split("<main")[1])
    urgent = factories.signed_in(teen).get("/services/", {"q": DANGER}).content.decode()
    assert shows_numbers(urgent.split("<main")[1])
    assert Screening.objects.get().ref == "" and Concern.objects.count() == 1
    assert context_of(Source.SEARCH, "") is None
