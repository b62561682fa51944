"""From a draft to a page: an editor writes, a professional reads, everybody may; and what visitors do around it."""

import pytest

from cms.content.models import Event, Item, Submission
from tests import factories
from tests.factories.library import make_draft, make_reviewed, make_reviewer
from tests.support.browser import both_widths, enter_as

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_draft_to_page(gunicorn_server, page):
    author, reviewer = factories.make_staff(duties=["content"]), make_reviewer(name="秦老师")
    item = make_draft(owner=author)
    edit, public = f"{gunicorn_server}/editor/pages/{item.pk}/edit/", f"{gunicorn_server}/library/{item.slug}/"
    page.set_default_timeout(60_000)  # Wagtail's editor is a heavy page for a busy machine
    enter_as(page, gunicorn_server, author)
    page.goto(f"{gunicorn_server}/editor/")
    assert page.get_by_role("link", name="审核", exact=True).count()
    page.goto(edit)
    assert page.locator("[name=action-publish]").count() == 0
    page.locator("#id_title").fill("睡前一小时，把灯调暗")
    with page.expect_navigation():
        page.locator("[name=action-submit]").evaluate("button => button.click()")
    assert page.request.get(public).status == 404
    assert page.locator("[data-workflow-action-name=approve]").count() == 0  # one's own words are for others to judge
    enter_as(page, gunicorn_server, reviewer.user)
    page.goto(edit)
    approve = page.get_by_role("button", name="审核通过，发布")
    if not approve.first.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with page.expect_navigation():
        approve.first.click()
    assert Item.objects.get(pk=item.pk).reviewer == reviewer
    page.context.clear_cookies()
    page.goto(public)
    assert page.get_by_role("heading", name="睡前一小时，把灯调暗", level=1).is_visible()
    assert "秦老师" in page.content()


@both_widths
def test_a_talk_without_an_account(gunicorn_server, page, look):
    event = factories.make_event(seats=3)
    page.goto(f"{gunicorn_server}/talks/")
    look(page)
    page.get_by_role("link", name=event.title).click()
    look(page)
    page.get_by_label("几个人来").select_option("2")
    page.get_by_role("button", name="报名").click()
    assert page.get_by_text("已报名").first.is_visible() and "k=" in page.locator("#seat-link").input_value()
    look(page)
    assert Event.objects.get(pk=event.pk).taken == 2
    with page.expect_navigation():
        page.get_by_role("button", name="来不了，取消").click()
    assert Event.objects.get(pk=event.pk).taken == 0


@both_widths
def test_sending_in_and_taking_back(gunicorn_server, page, look):
    enter_as(page, gunicorn_server, factories.make_teen(age=16))
    page.goto(f"{gunicorn_server}/library/send/")
    look(page)
    page.get_by_label("作品").check()
    page.get_by_label("标题").fill("薄荷")
    page.locator("[name=words]").fill("窗台上有三盆薄荷，摸一摸叶子，手上就有一点凉。")
    page.locator("[name=agrees]").check()
    page.get_by_role("button", name="寄出").click()
    assert page.get_by_role("heading", name="薄荷").is_visible()
    look(page)
    page.get_by_role("link", name="撤回").click()
    look(page)
    with page.expect_navigation():
        page.get_by_role("button", name="撤回并删掉").click()
    assert Submission.objects.get().state == "withdrawn"


@both_widths
def test_claims_and_sharing_ask_nobody_else(gunicorn_server, page, look):
    item = make_reviewed()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{gunicorn_server}/library/claims/")
    look(page)
    page.get_by_label("找一个词").fill("树洞")
    page.get_by_role("button", name="筛选").click()
    assert page.locator("#tree-hole-rescue").is_visible() and page.locator("#market").count() == 0
    page.goto(f"{gunicorn_server}/library/{item.slug}/")
    page.get_by_text("分享", exact=True).click()
    look(page)
    assert asked and all(url.startswith((gunicorn_server, "data:")) for url in asked)
