"""The pages of safety duty: who may open them, and the way from asking to reviewing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.enums import Duty, Role
from marketplace.consent.enums import DataItem, ReviewOutcome
from marketplace.consent.models import SafetyOverride
from tests.factories import make_child, make_parent, make_staff, make_user, signed_in
from tests.factories.consent import make_override

pytestmark = pytest.mark.django_db


@pytest.fixture
def child():
    born_on = timezone.localdate() - timedelta(days=366 * 15)
    return make_child(make_parent(children=0), nickname="小禾", born_on=born_on, account=make_user(role=Role.TEEN))


def test_from_asking_to_reviewing(child):
    first, second, third = make_staff(), make_staff(), make_staff()
    sent = {"child": child.public_id, "items": ["contact"], "hours": 4, "reason": "联系不上，需要确认平安无事"}
    signed_in(first).post(reverse("backoffice:override_new"), sent)
    override = SafetyOverride.objects.get()
    url = reverse("backoffice:override", args=[override.public_id])
    assert "小禾" not in signed_in(second).get(url).content.decode()

    signed_in(second).post(reverse("backoffice:override_decide", args=[override.public_id]), {"agrees": "yes"})
    html = signed_in(second).get(url).content.decode()
    assert "小禾" in html and child.guardians.get().phone in html

    review = {"outcome": ReviewOutcome.JUSTIFIED, "note": "确实联系不上，处理及时", "tell_now": "on"}
    signed_in(third).post(reverse("backoffice:override_review", args=[override.public_id]), review)
    override.refresh_from_db()
    assert override.reviewed_by == third


def test_who_asked_is_not_offered_to_agree(child):
    staff = make_staff()
    override = make_override(
        child, opened_by=staff, approved_by=None, **dict.fromkeys(["approved_at", "expires_at", "review_due_at"])
    )
    url = reverse("backoffice:override_decide", args=[override.public_id])

    assert url not in signed_in(staff).get(reverse("backoffice:override", args=[override.public_id])).content.decode()
    signed_in(staff).post(url, {"agrees": "yes"})
    override.refresh_from_db()
    assert override.approved_at is None


def test_a_number_that_is_nobodys_says_so():
    sent = {"child": make_user().public_id, "items": ["contact"], "hours": 4, "reason": "联系不上，需要确认平安无事"}

    answer = signed_in(make_staff()).post(reverse("backoffice:override_new"), sent)

    assert "没有这个编号" in answer.content.decode()


@pytest.mark.parametrize("name", ["overrides", "override_new"])
def test_only_safety_duty_gets_in(name):
    url = reverse(f"backoffice:{name}")

    assert signed_in(make_staff(duties=[Duty.SUPPORT])).get(url).status_code == 403
    assert signed_in(make_parent()).get(url).status_code == 404
    assert signed_in(make_staff()).get(url).status_code == 200


def test_one_override_or_five_cost_the_same_queries(child, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(make_staff())
    make_override(child, items=[DataItem.CONCERN])
    client.get(reverse("backoffice:overrides"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("backoffice:overrides"))
    for _ in range(4):
        make_override(child)

    with django_assert_max_num_queries(len(one)):
        client.get(reverse("backoffice:overrides"))
