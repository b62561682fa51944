"""The library of the demo: every text there is, and what two people keep of it."""

from cms.content.models import Item, ItemSave
from cms.content.services.keeping import finish_lesson, save_item
from cms.content.services.loading import load_library
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User

from ..keys import stable_id

_SAVED_BY_PARENT = ("parent-listening-without-fixing", "parent-after-a-bad-grade")
_SAVED_BY_TEEN = ("breathing-before-a-test", "body-wont-sleep", "left-out-of-the-group-chat")


def make_library() -> bool:
    """Load the texts that changed, and once what people keep; return whether anything was written."""
    loaded = load_library()
    is_first = not ItemSave.objects.exists()
    if is_first:
        _keep_something()
    return bool(loaded.made or loaded.changed) or is_first


def _keep_something() -> None:
    parent = User.objects.get(public_id=stable_id("user", "lin"))
    teen = User.objects.filter(role=Role.TEEN, young_profile__isnull=False).order_by("pk").first()
    _save(parent, _SAVED_BY_PARENT)
    finish_lesson(user=parent, item=_item("course-parents-of-teens"), lesson=1)
    if teen:
        _save(teen, _SAVED_BY_TEEN)
        for lesson in (1, 2):
            finish_lesson(user=teen, item=_item("course-ups-and-downs"), lesson=lesson)


def _save(user: User, slugs: tuple[str, ...]) -> None:
    for slug in slugs:
        save_item(user=user, item=_item(slug))


def _item(slug: str) -> Item:
    return Item.objects.select_related("locale").get(slug=slug, locale__language_code="zh-hans")
