"""What Wagtail's editor shows of ours, and what it does not offer."""

from typing import Any

from django.urls import URLPattern, path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .editing.selectors import count_expired
from .editing.views import reviews
from .models import Collection, Event, Item, Reviewer
from .submissions.selectors import waiting_submissions

#: A review publishes; nobody presses "publish".
_NOT_OFFERED = ("action-publish", "action-unpublish-alias")


class ReviewerViewSet(SnippetViewSet):
    """Reviewers' names and qualifications; a lead enters them."""

    model = Reviewer
    icon = "user"
    menu_label = _("专业审核人")
    list_display = ["name", "qualification", "qualified_until", "is_active", "is_demo"]


class CollectionViewSet(SnippetViewSet):
    """Items that belong together."""

    model = Collection
    icon = "folder-open-inverse"
    menu_label = _("专题")
    list_display = ["name", "place", "is_shown"]


class EventViewSet(SnippetViewSet):
    """Talks."""

    model = Event
    icon = "date"
    menu_label = _("讲座和活动")
    list_display = ["title", "starts_at", "seats", "taken", "is_published"]
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("speaker"), FieldPanel("speaker_role")]),
        FieldRowPanel([FieldPanel("partner"), FieldPanel("partner_name")]),
        FieldRowPanel([FieldPanel("audience"), FieldPanel("need")]),
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("address"), FieldPanel("how_to_join"), FieldPanel("access")],
            heading=_("在哪里"),
        ),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("closes_at")]),
        FieldPanel("seats"),
        FieldPanel("is_published"),
    ]


for _view_set in (ReviewerViewSet, CollectionViewSet, EventViewSet):
    register_snippet(_view_set)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Ours stand below Wagtail's, behind the same door."""
    return [path("library-reviews/", reviews, name="content_reviews")]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """The way to the list of reviews."""
    return MenuItem(_("审核"), reverse_lazy("content_reviews"), icon_name="glasses", order=150)


@hooks.register("construct_page_action_menu")
def offer_review_instead_of_publishing(menu_items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """An item is sent to review; the button that would publish it at once is not there, for nobody."""
    page = context.get("page")
    if isinstance(page, Item) or page is None:
        menu_items[:] = [item for item in menu_items if item.name not in _NOT_OFFERED]


class LibraryPanel(Component):
    """What waits, on the editor's home."""

    name = "library"
    order = 10
    template_name = "content/editor/panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Count what waits."""
        return {"expired": count_expired(timezone.localdate()), "waiting": waiting_submissions().count()}


@hooks.register("construct_homepage_panels")
def home_panel(request: Any, panels: list[Any]) -> None:
    """Ours comes first."""
    panels.insert(0, LibraryPanel())


@hooks.register("construct_main_menu")
def leave_help_out(request: Any, menu_items: list[Any]) -> None:
    """Wagtail's help leads to other houses' pages; ours is docs/editing.md."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
