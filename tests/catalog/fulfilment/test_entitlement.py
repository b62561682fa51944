"""What opens a course: a purchase, a plan, a trial, a guardian's plan; and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

import tests.factories as factories
from catalog.credits.services import grant_credits
from catalog.fulfilment.entitlement import By, entitlement_for
from catalog.fulfilment.errors import NotYours
from catalog.fulfilment.models import Entitlement
from catalog.fulfilment.selectors import courses_with_plan, entitlements_of
from catalog.fulfilment.services import finish_lesson, open_course
from marketplace.accounts.models import User
from payments.subscriptions.enums import Benefit
from payments.subscriptions.models import Subscription
from payments.subscriptions.services import publish_plan

pytestmark = pytest.mark.django_db


def give_plan(user: User, *, state: str = "active", days: int = 5, benefits: tuple[str, ...] = ("courses",)) -> None:
    plan = publish_plan(
        code=f"plan-{user.pk}", name="会员", name_en="", amount_fen=9_800, period_months=1,
        benefits=[Benefit(each) for each in benefits],
    )  # fmt: skip
    ends_at = timezone.now() + timedelta(days=days)
    Subscription.objects.create(
        user=user,
        plan=plan,
        amount_fen=9_800,
        state=state,
        trial_ends_at=ends_at if state == "trialing" else None,
        paid_through=ends_at if state != "trialing" else None,
    )


@pytest.mark.parametrize(("state", "by"), [("active", By.PLAN), ("trialing", By.TRIAL)])
def test_plan_opens_courses(state: str, by: By) -> None:
    user, course = factories.make_parent(), factories.make_course()
    assert not entitlement_for(user, course).opened
    give_plan(user, state=state)
    access = entitlement_for(user, course)
    assert access.opened and access.by == by and access.until


def test_plan_opens_only_what_it_names() -> None:
    user = factories.make_parent()
    give_plan(user, benefits=("reports",))
    assert not entitlement_for(user, factories.make_course()).opened
    assert entitlement_for(user, Benefit.REPORTS).opened
    assert not entitlement_for(user, factories.make_goods()).opened


def test_plan_that_is_over_opens_nothing_and_its_courses_close() -> None:
    user, course = factories.make_parent(), factories.make_course()
    give_plan(user)
    entitlement = open_course(user=user, product=course)
    lesson = course.lessons.first()
    finish_lesson(entitlement=entitlement, lesson=lesson, user=user)
    Subscription.objects.update(paid_through=timezone.now())
    assert not entitlements_of(user).exists() and not courses_with_plan(user).exists()
    with pytest.raises(NotYours):
        finish_lesson(entitlement=entitlement, lesson=lesson, user=user)
    browser = factories.signed_in(user)
    assert browser.get(f"/mine/courses/{entitlement.public_id}/").status_code == 404
    # What was learnt is there again with the next plan.
    Subscription.objects.update(paid_through=timezone.now() + timedelta(days=1))
    assert open_course(user=user, product=course).progress.count() == 1


def test_childs_account_opens_what_a_guardians_plan_holds() -> None:
    parent, course = factories.make_parent(), factories.make_course()
    teen = factories.make_teen(parent)
    give_plan(parent)
    assert entitlement_for(teen, course).opened
    assert open_course(user=teen, product=course).user == teen


def test_library_and_product_page_say_what_the_plan_opens() -> None:
    user, course = factories.make_parent(), factories.make_course(title="睡前十分钟")
    browser = factories.signed_in(user)
    address = course.get_absolute_url()
    assert "会员可用" not in browser.get(address).content.decode()
    give_plan(user)
    page = browser.get(address).content.decode()
    assert "会员可用" in page and "放进购物篮" not in page
    assert "会员可用" in browser.get("/mine/").content.decode()
    answer = browser.post("/mine/open/", {"product": course.pk})
    assert answer.url == f"/mine/courses/{Entitlement.objects.get().public_id}/"
    assert browser.get(answer.url).status_code == 200


def test_nobody_opens_without_a_plan() -> None:
    browser = factories.signed_in(factories.make_parent())
    assert browser.post("/mine/open/", {"product": factories.make_course().pk}).status_code == 404
    assert browser.post("/mine/open/", {"product": "x"}).status_code == 404


def test_plans_session_opens_what_it_is_worth() -> None:
    user = factories.make_parent()
    cheap, dear = factories.make_service(price_fen=30_000).product, factories.make_service(price_fen=50_000).product
    grant_credits(
        owner=user,
        source=("plan_cycle", 1),
        count=1,
        unit_fen=36_000,
        expires_at=timezone.now() + timedelta(days=5),
        max_price_fen=36_000,
    )
    assert entitlement_for(user, cheap).by == By.CREDIT
    assert not entitlement_for(user, dear).opened
