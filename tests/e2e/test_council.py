"""The young people's council in a browser: read by everybody, voted on by one, answered by our staff."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.accounts.selectors import agreements_in_force
from marketplace.accounts.services import accept_agreements
from marketplace.consent.council import services
from marketplace.consent.council.models import Proposal, Question, Vote
from tests.factories.council import make_question
from tests.factories.people import make_staff, make_teen
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]


def become(page: Any, site: str, user: User) -> None:
    page.context.clear_cookies()
    enter_as(page, site, user)


def over() -> Question:
    question = make_question(opens_at=timezone.now() - timedelta(days=9))
    for position in (1, 1, 1, 2, 3):
        services.cast_vote(
            public_id=question.public_id,
            position=position,
            voter=make_teen(),
            now=question.opens_at + timedelta(hours=1),
        )
    services.close_due_questions()
    return question


def vote_and_propose(page: Any, site: str, look: Callable[[Any], None]) -> None:
    page.goto(f"{site}/me/")
    page.locator("#main").get_by_role("link", name="少年议事").click()
    page.get_by_label("选项乙").check()
    look(page)
    page.get_by_role("button", name="投票").click()
    page.get_by_text("你已经投了，结束之前可以改").wait_for()
    look(page)
    page.get_by_label("选项丙").check()
    page.get_by_role("button", name="改成这个").click()
    page.get_by_text("投好了").first.wait_for()
    assert Vote.objects.get().option.text == "选项丙"

    page.goto(f"{site}/privacy/council/propose/")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("请写几句").wait_for()
    look(page)
    page.get_by_label("你想问大家什么").fill("我不想活了，能不能有人说说话")
    page.get_by_role("button", name="提交").click()
    page.get_by_role("heading", name="你现在很难受吗").wait_for()
    look(page)


def answer_both(page: Any, site: str, question: Question, look: Callable[[Any], None]) -> None:
    page.goto(f"{site}/privacy/council/desk/")
    look(page)
    page.goto(f"{site}/privacy/council/desk/new/")
    look(page)
    page.goto(f"{site}/privacy/council/desk/{question.public_id}/")
    look(page)
    page.get_by_label("你们说了，我们做了").fill("换成大家选的那一种。")
    page.get_by_role("button", name="公开答复").click()
    page.get_by_text("答复已公开").first.wait_for()
    look(page)
    page.goto(f"{site}/privacy/council/desk/proposals/")
    look(page)
    page.locator("#main .list__row").first.click()
    page.get_by_text("先通知安全值守的同事").wait_for()
    look(page)
    page.get_by_label("会问大家").check()
    page.get_by_label("写给提议的人").fill("谢谢你告诉我们。")
    page.get_by_role("button", name="回复").click()
    page.get_by_text("没有等回复的提议").wait_for()
    look(page)


def test_asked_voted_counted_answered(gunicorn_server: str, page: Any, look: Callable[[Any], None]) -> None:
    site, past, open_one = gunicorn_server, over(), make_question()
    page.goto(f"{site}/privacy/council/")
    page.get_by_text("我投了什么，谁会知道？").click()
    look(page)
    page.goto(f"{site}/privacy/council/{open_one.public_id}/")
    look(page)
    assert not page.get_by_role("button", name="投票").count()

    teen = make_teen()
    accept_agreements(user=teen, agreements=agreements_in_force())
    become(page, site, teen)
    vote_and_propose(page, site, look)
    become(page, site, make_staff(duties=[Duty.PRIVACY]))
    answer_both(page, site, past, look)

    page.context.clear_cookies()
    page.goto(f"{site}/privacy/council/{past.public_id}/")
    page.get_by_text("换成大家选的那一种。").wait_for()
    assert "3 票 · 60%" in page.inner_text("#main")
    look(page)
    assert Proposal.objects.get().answered_at
