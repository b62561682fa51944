"""谁可以看什么: what each sees of it, what a tap does, and that strangers find nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.consent.enums import ConsentEventKind, ConsentState, DataItem, GivenAs, Purpose
from marketplace.consent.models import Consent
from marketplace.consent.rules import state_of
from tests.factories import (
    make_booking,
    make_child,
    make_parent,
    make_partner,
    make_provider,
    make_service,
    make_user,
    next_weekday,
    shanghai,
    signed_in,
)
from tests.factories.consent import add_event, make_consent, make_override

pytestmark = pytest.mark.django_db
INDEX = "/consent/"


@pytest.fixture
def parent():
    return make_parent(children=0)


@pytest.fixture
def child(parent):
    return make_child(parent, nickname="小舟", born_on=timezone.localdate() - timedelta(days=366 * 9))


@pytest.fixture
def teen(parent):
    born_on = timezone.localdate() - timedelta(days=366 * 15)
    return make_child(parent, nickname="小禾", born_on=born_on, account=make_user(role=Role.TEEN))


@pytest.fixture
def clinic():
    return make_partner(name="青禾心理")


def proposal(child, clinic, needs):
    consent = make_consent(child, clinic, needs=needs, agreed=[], items=[DataItem.REPORT])
    add_event(consent, ConsentEventKind.PROPOSED, make_user(), "")
    return consent


def page(user, child=None) -> str:
    query = {"child": str(child.public_id)} if child else {}
    answer = signed_in(user).get(INDEX, query)
    assert answer.status_code == 200
    return answer.content.decode()


def state(consent) -> ConsentState:
    return state_of(Consent.objects.get(pk=consent.pk), timezone.now())


def test_a_card_says_who_what_why_and_until_when_and_has_a_switch(child, parent, clinic):
    consent = make_consent(child, clinic, needs=[GivenAs.GUARDIAN])

    html = page(parent, child)

    for words in ("青禾心理", "测评分数", "提供约定的服务", reverse("consent:revoke", args=[consent.public_id])):
        assert words in html


def test_one_tap_switches_off_and_says_what_that_means(child, parent, clinic):
    consent = make_consent(child, clinic, needs=[GivenAs.GUARDIAN])

    answer = signed_in(parent).post(reverse("consent:revoke", args=[consent.public_id]), follow=True)

    assert state(consent) == ConsentState.REVOKED
    assert "看不到了" in answer.content.decode()


def test_yes_and_no_look_the_same(child, parent, clinic):
    proposal(child, clinic, [GivenAs.GUARDIAN])

    html = page(parent, child)

    yes = html.split('value="yes"')[0].rsplit("<button", 1)[1]
    no = html.split('value="no"')[0].rsplit("<button", 1)[1]
    assert yes == no


@pytest.mark.parametrize(("says", "becomes"), [("yes", ConsentState.IN_FORCE), ("no", ConsentState.DECLINED)])
def test_an_answer_is_one_tap(child, parent, clinic, says, becomes):
    consent = proposal(child, clinic, [GivenAs.GUARDIAN])

    signed_in(parent).post(reverse("consent:answer", args=[consent.public_id]), {"agrees": says})

    assert state(consent) == becomes


def test_an_answer_without_a_word_is_a_no(child, parent, clinic):
    consent = proposal(child, clinic, [GivenAs.GUARDIAN])

    signed_in(parent).post(reverse("consent:answer", args=[consent.public_id]))

    assert state(consent) == ConsentState.DECLINED


def test_a_guardian_does_not_see_whom_a_teen_shows_something(teen, parent, clinic):
    make_consent(teen, clinic)
    both = make_consent(teen, make_partner(name="儿童医院"), needs=["teen", "guardian"], purpose=Purpose.REFERRAL)

    assert "青禾心理" in page(teen.account)
    html = page(parent, teen)
    assert "青禾心理" not in html and "儿童医院" in html
    assert signed_in(parent).get(reverse("consent:detail", args=[both.public_id])).status_code == 200


def test_a_stranger_finds_nothing_and_changes_nothing(child, clinic):
    consent = make_consent(child, clinic, needs=[GivenAs.GUARDIAN])
    waiting = proposal(child, clinic, [GivenAs.GUARDIAN])
    stranger = signed_in(make_parent())

    assert "小舟" not in stranger.get(INDEX, {"child": str(child.public_id)}).content.decode()
    assert stranger.get(reverse("consent:detail", args=[consent.public_id])).status_code == 404
    assert stranger.post(reverse("consent:revoke", args=[consent.public_id])).status_code == 404
    answer = stranger.post(reverse("consent:answer", args=[waiting.public_id]), {"agrees": "yes"})
    assert answer.status_code == 404
    assert state(consent) == ConsentState.IN_FORCE and state(waiting) == ConsentState.WAITING


def test_who_is_not_signed_in_is_asked_to(client, child):
    for url in (INDEX, reverse("consent:grant"), reverse("consent:detail", args=[child.public_id])):
        assert client.get(url).url.startswith(reverse("account_login"))


def test_two_small_pages_let_a_teen_show_a_parent_something(teen, parent):
    client = signed_in(teen.account)
    whom = client.get(reverse("consent:grant"))
    assert "妈妈" in whom.content.decode()
    url = f"{reverse('consent:grant')}?child={teen.public_id}&who=person:{parent.public_id}"
    assert "checked" not in client.get(url).content.decode().split('name="purpose"')[0]

    client.post(url, {"items": ["score", "plan"], "purpose": "guardianship", "days": "30"})

    consent = Consent.objects.get()
    assert consent.grantee_id == parent.public_id and consent.items == ["plan", "score"]
    assert state(consent) == ConsentState.IN_FORCE


def test_a_form_without_an_item_says_so(teen, parent):
    url = f"{reverse('consent:grant')}?child={teen.public_id}&who=person:{parent.public_id}"

    answer = signed_in(teen.account).post(url, {"purpose": "guardianship", "days": "30"})

    assert "请至少选一项" in answer.content.decode() and not Consent.objects.exists()


def test_only_known_organisations_are_offered(child, parent, clinic):
    make_partner(name="别的机构")
    booked = make_service(make_provider(partner=clinic))
    make_booking(service=booked, starts_at=shanghai(next_weekday(5), 10), child=child, booked_by=parent)

    html = signed_in(parent).get(reverse("consent:grant"), {"child": str(child.public_id)}).content.decode()

    assert "青禾心理" in html and "别的机构" not in html


def test_a_teen_reads_of_an_override_once_told(teen):
    override = make_override(teen, told_at=None)
    assert "为了安全的例外" not in page(teen.account)
    override.told_at = timezone.now()
    override.save(update_fields=["told_at"])

    html = page(teen.account)

    assert "为了安全的例外" in html and "日记" in html and "确认平安" not in html


def test_one_consent_or_ten_cost_the_same_queries(child, parent, clinic, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(parent)
    make_consent(child, clinic, needs=[GivenAs.GUARDIAN])
    client.get(INDEX)
    with CaptureQueriesContext(connection) as one:
        client.get(INDEX)
    for _ in range(9):
        make_consent(child, clinic, needs=[GivenAs.GUARDIAN])

    with django_assert_max_num_queries(len(one)):
        client.get(INDEX)


def test_nobody_is_offered_what_is_seen_anyway(teen, parent):
    url = f"{reverse('consent:grant')}?child={teen.public_id}&who=person:{parent.public_id}"

    html = signed_in(teen.account).get(url).content.decode()

    assert 'value="score"' in html and 'value="booking_detail"' in html
    assert 'value="bill"' not in html and 'value="concern"' not in html
