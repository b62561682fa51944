"""Items of the library, as drafts and published, and who reviews them."""

from datetime import date
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from cms.content.editing.services import approve_wording, publish_in_demo
from cms.content.models import Item, LibraryIndex, Reviewer

from .counting import next_number
from .people import make_staff


def make_index(language: str = "zh-hans") -> LibraryIndex:
    """The page items of a language stand under; made once."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    found = LibraryIndex.objects.filter(locale=locale).first()
    if found is not None:
        return found
    index = LibraryIndex(title="知识库", slug=f"library-{language}", locale=locale)
    return Page.objects.get(depth=1).add_child(instance=index)


def make_reviewer(**fields: Any) -> Reviewer:
    """A member of staff who is a reviewer with a current qualification."""
    number = next_number()
    user = fields.pop("user", None) or make_staff(duties=["content"])
    values = {"name": f"审核人{number}", "qualification": "注册心理师", "qualified_from": date(2020, 1, 1)}
    return Reviewer.objects.create(user=user, **values | fields)


def make_draft(**fields: Any) -> Item:
    """An unpublished article about sleep for ages 12 to 18, with a first revision by its owner."""
    number = next_number()
    index = make_index(fields.pop("language", "zh-hans"))
    stream = {"body": [{"type": "text", "value": "<p>睡不着的时候，先看看窗外。</p>"}]}
    stream |= {"sources": [{"type": "source", "value": {"title": "睡眠小册", "publisher": "示例出版社", "year": 2020}}]}
    stream |= {name: fields.pop(name) for name in list(stream) if name in fields}
    values = {
        "title": f"睡前一小时 {number}",
        "slug": f"item-{number}",
        "kind": "article",
        "summary": "给睡前留一点空。",
        "audience": "teen",
        "age_from": 12,
        "age_to": 18,
        "needs": ["sleep"],
        "author_name": "心桥编辑部（示例）",
    }
    item = Item(**values | fields, locale=index.locale, live=False, has_unpublished_changes=True)
    for name, raw in stream.items():
        setattr(item, name, Item._meta.get_field(name).stream_block.to_python(raw))
    index.add_child(instance=item)
    item.save_revision(user=fields.get("owner"))
    return item


def make_reviewed(*, reviewer: Reviewer | None = None, in_demo: bool = False, **fields: Any) -> Item:
    """A published item, read by a professional (or, `in_demo`, by the demo's invented one)."""
    item = make_draft(**fields)
    revision = item.latest_revision
    if in_demo:
        publish_in_demo(revision=revision)
    else:
        approve_wording(revision=revision, approved_by=(reviewer or make_reviewer()).user)
        revision.publish()
    item.refresh_from_db()
    assert item.live and item.last_published_at <= timezone.now()
    return Item.objects.get(pk=item.pk)
