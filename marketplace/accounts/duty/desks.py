"""The desks at which our staff work. Each package that has one says so here; one page shows them all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet, TextChoices
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..enums import Duty
from ..models import User


class DeskGroup(TextChoices):
    """What belongs together on the page of all desks, in its order."""

    DUTY = "duty", _("安全值守")
    REVIEW = "review", _("审核")
    MODERATION = "moderation", _("社区看护")
    SUPPORT = "support", _("客服与回信")
    FINANCE = "finance", _("财务")
    CATALOGUE = "catalogue", _("服务和商品")
    CONTENT = "content", _("内容")
    PRIVACY = "privacy", _("个人信息保护")
    PEOPLE = "people", _("人员和班次")


@dataclass(frozen=True)
class Queue:
    """How much waits, and since when the oldest of it does."""

    count: int = 0
    oldest_at: datetime | None = None


@dataclass(frozen=True)
class Desk:
    """One place to work at.

    `duty` (or `or_duty`): who works there (everybody on our staff without one). `needs_shift`: only while on it. `for_leads`: whoever
    leads our staff, too, at any time; `leads_only`: they alone. `waiting` counts and looks at nobody's words.
    """

    group: DeskGroup
    title: str | Promise
    text: str | Promise
    icon: str
    url_name: str
    duty: Duty | None = None
    or_duty: Duty | None = None
    needs_shift: bool = True
    for_leads: bool = False
    leads_only: bool = False
    waiting: Callable[[], Queue] | None = None

    @property
    def href(self) -> str:
        """The desk's page; nothing where the site has none."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""

    def concerns(self, user: User) -> bool:
        """Whether this is a desk of this person's at all, on duty or not."""
        if self.leads_only or (self.for_leads and user.is_superuser):
            return user.is_superuser
        return self.duty is None or self.duty in user.duties or self.or_duty in user.duties

    def opens(self, user: User, duties_now: set[str]) -> bool:
        """Whether it opens at this moment to somebody whom it concerns."""
        is_lead = self.for_leads and user.is_superuser
        return is_lead or self.duty is None or not self.needs_shift or bool({self.duty, self.or_duty} & duties_now)


_desks: dict[str, Desk] = {}


def register_desk(desk: Desk) -> None:
    """Add a desk; call from AppConfig.ready(). Registering an address again replaces it."""
    _desks[desk.url_name] = desk


def all_desks() -> list[Desk]:
    """Every desk that has a page, by group and then in the order in which they were registered."""
    order = list(DeskGroup)
    return sorted((desk for desk in _desks.values() if desk.href), key=lambda desk: order.index(desk.group))


def counted(rows: "QuerySet", since: str) -> Queue:  # type: ignore[type-arg]
    """Count rows that wait, and find since when (the name of the field) the oldest does; one query."""
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min(since))
    return Queue(found["count"], found["oldest"])
