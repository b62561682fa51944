"""Nothing is published that no professional has read, by whichever way."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import Page, TaskState

from cms.content.editing.errors import NotAReviewer, NotReviewed
from cms.content.editing.rules import authors_of, may_review
from cms.content.editing.services import approve_wording, publish_due_items
from cms.content.editing.wording import hash_of
from cms.content.models import Item, ItemReview, Reviewer
from tests.factories import make_staff, make_user, signed_in
from tests.factories.library import make_draft, make_reviewed, make_reviewer

pytestmark = pytest.mark.django_db


def _send_to_review(item: Item, by: Any) -> TaskState:
    item.get_workflow().start(item, by)
    return item.current_workflow_task_state


@pytest.fixture
def author():
    return make_staff(duties=["content"])


@pytest.fixture
def reviewer():
    return make_reviewer()


def test_a_draft_is_reviewed_and_published(author, reviewer):
    item = make_draft(owner=author)
    state = _send_to_review(item, author)
    state.task.specific.on_action(state, reviewer.user, "approve")
    item.refresh_from_db()
    assert item.live and item.reviewer == reviewer and item.reviewed_on == timezone.localdate()
    assert item.review_due_on > item.reviewed_on
    assert ItemReview.objects.get(item=item).content_hash == hash_of(item)


def test_the_author_cannot_review(reviewer):
    item = make_draft(owner=reviewer.user)
    assert not may_review(reviewer.user, item)
    state = _send_to_review(item, reviewer.user)
    assert state.task.specific.get_actions(item, reviewer.user) == []
    with pytest.raises(NotAReviewer):
        state.task.specific.on_action(state, reviewer.user, "approve")
    item.refresh_from_db()
    assert not item.live and not ItemReview.objects.exists()


def test_whoever_changed_a_draft_is_an_author(author, reviewer):
    item = make_draft(owner=author)
    item.title = "改过一个字"
    item.save_revision(user=reviewer.user)
    assert reviewer.user.pk in authors_of(item) and not may_review(reviewer.user, item)


@pytest.mark.parametrize(
    "change",
    [
        {"qualified_until": date(2026, 1, 31)},
        {"qualified_from": date(2099, 1, 1)},
        {"is_active": False},
        {"user": None},
    ],
)
def test_a_qualification_must_be_current(author, change):
    reviewer = make_reviewer()
    user = reviewer.user
    Reviewer.objects.filter(pk=reviewer.pk).update(**change)
    item = make_draft(owner=author)
    with pytest.raises(NotAReviewer):
        approve_wording(revision=item.latest_revision, approved_by=user)


def test_only_our_staff_reviews(author):
    stranger = make_user()
    make_reviewer(user=stranger)
    with pytest.raises(NotAReviewer):
        approve_wording(revision=make_draft(owner=author).latest_revision, approved_by=stranger)


def test_an_invented_reviewer_counts_in_the_demo_only(author, settings):
    reviewer = make_reviewer(is_demo=True)
    item = make_draft(owner=author)
    settings.DEMO = False
    assert not may_review(reviewer.user, item)
    with pytest.raises(NotReviewed):
        Reviewer.objects.create(name="假的（示例）", is_demo=True, qualified_from=date(2026, 1, 1), qualification="无")


def _publish(item: Item, way: str, lead: Any) -> None:
    if way in ("revision", "superuser"):
        item.latest_revision.publish(user=lead if way == "superuser" else None)
    elif way == "scheduled":
        item.latest_revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        item.latest_revision.save()
        call_command("publish_scheduled")
    else:
        item.live = True
        item.save(update_fields=["live"] if way == "update_fields" else None)


@pytest.mark.parametrize("way", ["revision", "page", "superuser", "scheduled", "update_fields"])
def test_every_way_to_publish_asks(author, way):
    item = make_draft(owner=author)
    lead = make_staff(is_superuser=True)
    with pytest.raises(NotReviewed):
        _publish(item, way, lead)
    item.refresh_from_db()
    assert not item.live


def test_what_was_planned_and_lost_its_review_stops_nothing_else(author, reviewer):
    unread, ready = make_draft(owner=author), make_draft(owner=author)
    approve_wording(revision=ready.latest_revision, approved_by=reviewer.user)
    for item in (unread, ready):
        item.latest_revision.refresh_from_db()
        item.latest_revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        item.latest_revision.save(update_fields=["approved_go_live_at"])
    assert publish_due_items() == [ready.pk]
    assert Item.objects.get(pk=ready.pk).live and not Item.objects.get(pk=unread.pk).live


def test_a_change_after_the_review_takes_the_review_off(author):
    item = make_reviewed()
    item.summary = "另外一句话"
    revision = item.save_revision(user=author)
    assert revision.content["reviewer"] is None and revision.content["reviewed_on"] is None
    with pytest.raises(NotReviewed):
        revision.publish()
    item.refresh_from_db()
    assert item.live and item.summary != "另外一句话"


def test_a_real_name_cannot_be_put_under_another_wording(reviewer):
    item = make_reviewed()
    item.summary, item.reviewer = "没有人读过", reviewer
    with pytest.raises(NotReviewed):
        item.save()


def test_going_back_to_a_reviewed_wording_needs_no_new_review(author):
    item = make_reviewed()
    first = item.latest_revision
    item.summary = "改坏了"
    item.save_revision(user=author)
    first.refresh_from_db()
    first.publish()
    assert Item.objects.get(pk=item.pk).reviewed_on is not None


def test_a_new_wording_is_a_new_version(author):
    item, other = make_reviewed(), make_reviewer()
    item.summary = "第二版"
    revision = item.save_revision(user=author)
    approve_wording(revision=revision, approved_by=other.user)
    revision.refresh_from_db()
    revision.publish()
    item.refresh_from_db()
    assert item.version == 2 and item.summary == "第二版"


def _checked(change) -> None:
    with transaction.atomic():
        change()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("way", ["live", "reviewer", "review_gone", "date"])
def test_the_database_refuses_too(author, way):
    draft, published = make_draft(owner=author), make_reviewed()
    changes = {
        "live": lambda: Page.objects.filter(pk=draft.pk).update(live=True),
        "reviewer": lambda: Item.objects.filter(pk=published.pk).update(reviewer=None, reviewed_on=None),
        "review_gone": lambda: ItemReview.objects.filter(item=published).delete(),
        "date": lambda: Item.objects.filter(pk=published.pk).update(reviewed_on=date(2001, 1, 1)),
    }
    with pytest.raises(IntegrityError, match="no qualified professional"):
        _checked(changes[way])


def test_a_review_is_written_once():
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        ItemReview.objects.filter(item=make_reviewed()).update(content_hash="0" * 64)


def test_an_item_goes_with_its_reviews():
    item = make_reviewed()
    _checked(item.delete)
    assert not Item.objects.filter(pk=item.pk).exists()


def _form(item: Item, **changes: str) -> dict[str, str]:
    """What the editor's page sends for a draft of ours."""
    block = {"key": "a", "text": "睡不着的时候，先看看窗外。", "type": "unstyled", "depth": 0}
    block |= {"inlineStyleRanges": [], "entityRanges": [], "data": {}}
    names = "title kind summary audience author_name licence slug".split()
    return {
        **{name: str(getattr(item, name)) for name in names},
        "age_from": "12",
        "age_to": "18",
        "needs": "sleep",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": item.body[0].id,
        "body-0-value": json.dumps({"blocks": [block], "entityMap": {}}),
        "sources-count": "1",
        "sources-0-deleted": "",
        "sources-0-order": "0",
        "sources-0-type": "source",
        "sources-0-id": item.sources[0].id,
        "sources-0-value-title": "睡眠小册",
        "sources-0-value-publisher": "示例出版社",
        "sources-0-value-year": "2020",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    } | changes


_APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


def test_approving_in_the_editor_saves_the_same_words_and_publishes_them(author, reviewer):
    item = make_draft(owner=author)
    _send_to_review(item, author)
    signed_in(reviewer.user).post(f"/editor/pages/{item.pk}/edit/", _form(item, **_APPROVE))
    published = Item.objects.get(pk=item.pk)
    assert published.live and published.reviewer == reviewer


def test_a_reviewer_who_changes_a_word_while_approving_publishes_nothing(author, reviewer):
    item = make_draft(owner=author)
    _send_to_review(item, author)
    answer = signed_in(reviewer.user).post(
        f"/editor/pages/{item.pk}/edit/", _form(item, summary="审核人自己改的一句", **_APPROVE)
    )
    assert answer.status_code == 302 and not Item.objects.get(pk=item.pk).live
    assert not ItemReview.objects.filter(item=item).exists()


def test_a_lead_who_presses_publish_by_hand_publishes_nothing(author):
    item = make_draft(owner=author)
    lead = signed_in(make_staff(is_superuser=True))
    page = lead.get(f"/editor/pages/{item.pk}/edit/").content.decode()
    assert "action-publish" not in page and "action-submit" in page
    lead.post(f"/editor/pages/{item.pk}/edit/", _form(item, **{"action-publish": "action-publish"}))
    assert not Item.objects.get(pk=item.pk).live


def test_what_is_due_is_listed_for_editors():
    item = make_reviewed(title="早就该再看一遍")
    Item.objects.filter(pk=item.pk).update(review_due_on=timezone.localdate() - timedelta(days=1))
    editor = signed_in(make_staff(duties=["content"]))
    page = editor.get("/editor/library-reviews/").content.decode()
    assert "早就该再看一遍" in page and "已到期" in page
    assert "1 篇审核已到期" in editor.get("/editor/").content.decode()
    assert "正在重新审核" in editor.get(f"/library/{item.slug}/").content.decode()


def test_the_editor_previews_a_draft(author):
    item = make_draft(owner=author)
    page = signed_in(author).get(f"/editor/pages/{item.pk}/view_draft/")
    assert page.status_code == 200 and "先看看窗外" in page.content.decode()
