"""What can be shared by a link, and the words that go with it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.core.formatting import moment_text

from ..events.selectors import event_at
from ..models import Event, Item
from ..selectors.library import item_for_reader


@dataclass(frozen=True, slots=True)
class Shared:
    """A page with the words of its card; `sort` and `slug` find it again, `path` is its address here."""

    sort: str
    slug: str
    title: str
    line: str
    foot: str
    path: str

    @property
    def url(self) -> str:
        """The whole address, as it is shared: nothing is added to it that would tell who shared it."""
        return f"{settings.PUBLIC_BASE_URL}{self.path}"

    @property
    def picture_path(self) -> str:
        """Where its picture is."""
        return reverse("sharing:picture", args=[self.sort, self.slug])


def shared(thing: Item | Event) -> Shared:
    """Return an item or a talk as something to share."""
    if isinstance(thing, Event):
        foot = f"{moment_text(thing.starts_at)} · {thing.get_place_display()}"
        return Shared("talk", thing.slug, thing.title, thing.summary, foot, thing.get_absolute_url())
    path = reverse("library-item", args=[thing.slug])
    foot = _("心桥 · 知识库 · 免费，不用登录")
    return Shared("item", thing.slug, thing.title, thing.summary, foot, path)


def shared_at(sort: str, slug: str) -> Shared | None:
    """Return what everybody may see under this name, else None."""
    thing = event_at(slug) if sort == "talk" else item_for_reader(slug)
    return shared(thing) if thing is not None else None
