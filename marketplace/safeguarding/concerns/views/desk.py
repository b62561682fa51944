"""The live queue, and the desk's figures."""

from datetime import timedelta
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.safeguarding.enums import DANGERS, Kind

from .. import clocks, rules, selectors, services, wording
from ..enums import Outcome
from .access import leads_only

PAGE_SIZE = 30
_SPANS = (7, 30, 90)
_SHOWS = frozenset({"open", "waiting", "mine", "closed"})


@never_cache
@require_GET
@duty_required(Duty.SAFETY)
def show(request: HttpRequest) -> HttpResponse:
    """The whole desk; opening it keeps the clocks as the beat does."""
    services.watch_concerns()
    return render(request, "concerns/desk.html", _context(request))


@never_cache
@require_GET
@duty_required(Duty.SAFETY)
def queue(request: HttpRequest) -> HttpResponse:
    """The queue alone, for a page that looks again by itself."""
    return render(request, "concerns/_queue.html", _context(request))


@never_cache
@require_GET
@leads_only
def figures(request: HttpRequest) -> HttpResponse:
    """How fast somebody looks and what concerns turned out to be; no persons."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdigit() and int(asked) in _SPANS else 30
    now = timezone.now()
    found = selectors.figures(now - timedelta(days=days), now)
    context = {
        "page": "figures",
        "figures": found,
        "days": days,
        "spans": _SPANS,
        "kinds": [(wording.kind_label(kind), count) for kind, count in found.by_kind.items()],
        "outcomes": [(Outcome(outcome).label, count) for outcome, count in found.by_outcome.items()],
        "drills": selectors.drill_results(limit=5),
    }
    return render(request, "concerns/figures.html", context)


def _context(request: HttpRequest) -> dict[str, Any]:
    user, now = cast(User, request.user), timezone.now()
    shown = request.GET.get("show", "")
    wish = selectors.Wish(show=shown if shown in _SHOWS else "open", kind=request.GET.get("kind", ""), user_id=user.pk)
    page = Paginator(selectors.queue(wish, now), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = selectors.counts(user.pk)
    return {
        "page": "desk",
        "page_obj": page,
        "rows": [_row(concern, user, now) for concern in page],
        "counts": counts,
        "wish": wish,
        "tabs": _tabs(wish, counts),
        "kinds": [(kind.value, kind.label) for kind in DANGERS],
        "hours": selectors.desk_hours(now),
        "untrained": selectors.untrained_on_rota(now, timezone.localdate()),
        "now": now,
    }


def _row(concern: Any, user: User, now: Any) -> dict[str, Any]:
    face = clocks.clock_face(concern, now)
    return {
        "concern": concern,
        "kind": wording.kind_label(concern.kind),
        "urgency": wording.urgency_label(concern.urgency),
        "source": concern.get_source_display(),
        "face": face,
        "badge": wording.badge_of(face.state),
        "is_mine": rules.is_held_by(concern, user),
        "age": wording.waited(int((now - concern.opened_at).total_seconds() // 60)),
        "waited": wording.waited(face.minutes),
    }


def _tabs(wish: Any, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = [
        ("open", _("进行中"), counts["open"]),
        ("waiting", _("等人接手"), counts["waiting"]),
        ("mine", _("我接手的"), counts["mine"]),
        ("closed", _("已结束"), None),
    ]
    kind = f"&kind={wish.kind}" if wish.kind in Kind.values else ""
    return [
        {"label": label, "href": f"?show={show}{kind}", "on": wish.show == show, "count": count}
        for show, label, count in labels
    ]
