"""The desk itself: what waits, what was decided, how long things take, what colleagues learned, and rests."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ...postvention.selectors import live_holds
from .. import care, selectors
from ..enums import Training, Urgency
from ..forms import TrainingForm
from ..services import resting
from .access import attempt, me, moderators_only

PAGE_SIZE = 20


@never_cache
@require_GET
@moderators_only
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, the most urgent first. No text is shown here, and no name."""
    now = timezone.now()
    page = Paginator(selectors.queue(now), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        {
            "case": case,
            "urgency": Urgency(int(case.standing)),
            "claim": next(iter(case.claims_now), None),
            "is_mine": any(claim.moderator_id == me(request).pk for claim in case.claims_now),
        }
        for case in page
    ]
    context = _desk(request) | {"page_obj": page, "rows": rows, "oldest": selectors.oldest_wait(now)}
    return render(request, "community/desk/queue.html", context)


@never_cache
@require_GET
@moderators_only
def settled(request: HttpRequest) -> HttpResponse:
    """What was decided, the newest first; by whom is not shown."""
    page = Paginator(selectors.settled_cases(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [{"case": case, "decision": next(iter(case.standing_decisions), None)} for case in page]
    return render(request, "community/desk/settled.html", _desk(request) | {"page_obj": page, "rows": rows})


@never_cache
@require_GET
@moderators_only
def waits(request: HttpRequest) -> HttpResponse:
    """How long texts wait, day by day, of the whole desk; nobody is compared with anybody."""
    now = timezone.now()
    context = {
        "days": selectors.waits_by_day(now),
        "week": selectors.waits_over(now),
        "oldest": selectors.oldest_wait(now),
        "usual": selectors.usual_wait_minutes(now),
    }
    return render(request, "community/desk/waits.html", _desk(request) | context)


@never_cache
@require_http_methods(["GET", "POST"])
@moderators_only
def training(request: HttpRequest) -> HttpResponse:
    """One's own training, and writing down a colleague's."""
    form = TrainingForm(request.POST or None, recorded_by=me(request))
    if request.method == "POST" and form.is_valid():
        written = form.cleaned_data
        done = _("已记下，有效一年。")
        if attempt(request, lambda: resting.record_training(**written, recorded_by=me(request)), done):
            return redirect("community:desk_training")
    missing = selectors.missing_training(me(request), timezone.localdate())
    context = {
        "form": form,
        "records": selectors.training_of(me(request)),
        "missing": [Training(course).label for course in missing],
    }
    return render(request, "community/desk/training.html", _desk(request) | context)


@require_POST
@moderators_only
def rest(request: HttpRequest) -> HttpResponse:
    """Begin a rest."""
    attempt(request, lambda: resting.begin_rest(moderator=me(request)), _("好好歇一会儿。手上的已经放回队列。"))
    return redirect("community:desk")


@require_POST
@moderators_only
def end_rest(request: HttpRequest) -> HttpResponse:
    """Come back from a rest."""
    attempt(request, lambda: resting.end_rest(moderator=me(request)), _("欢迎回来。"))
    return redirect("community:desk")


def _desk(request: HttpRequest) -> dict[str, object]:
    """What stands on every page of the desk: how the moderator is, and whether something is held."""
    now = timezone.now()
    running = selectors.running_rest(me(request))
    return {
        "care": selectors.care_state(me(request), now),
        "limits": care,
        "rest": running,
        "may_return": bool(running and (running.kind != "required" or running.until_at <= now)),
        "in_hand": selectors.case_in_hand(me(request), now),
        "is_trained": selectors.is_trained(me(request), timezone.localdate(now)),
        "live_holds": list(live_holds().select_related("topic")),
    }
