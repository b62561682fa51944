"""谁看过我的资料: who looked at my data, or at my young child's."""

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import downloads, wording
from .selectors import Person, Wish, actor_labels, looks_at, people_of

LOOKS_A_PAGE = 40
PERIODS = {"7": _("最近 7 天"), "30": _("最近 30 天"), "365": _("最近一年"), "": _("全部")}
FORMATS = {
    "csv": (downloads.as_csv, "text/csv; charset=utf-8"),
    "json": (downloads.as_json, "application/json"),
}


@login_required
@never_cache
@require_safe
def show_log(request: HttpRequest) -> HttpResponse:
    """The record, by day, the latest first."""
    people = people_of(request.user)
    person = _chosen(request, people)
    context: dict[str, Any] = {"people": people, "person": person}
    if person.is_open:
        context |= _record(request, person)
    return render(request, "access_log/index.html", context)


@login_required
@never_cache
@require_safe
def download(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The whole record, own looks too, as `?format=csv` or `json`."""
    person = _chosen(request, people_of(request.user))
    if not person.is_open:
        raise Http404
    kind = request.GET.get("format", "csv")
    if kind not in FORMATS:
        raise Http404
    write, content_type = FORMATS[kind]
    response = StreamingHttpResponse(
        write(looks_at(person, Wish(has_own=True)).iterator(500)), content_type=content_type
    )
    response["Content-Disposition"] = f'attachment; filename="who-saw-my-data-{timezone.localdate()}.{kind}"'
    return response


def _chosen(request: HttpRequest, people: list[Person]) -> Person:
    """The person asked for, the viewer themselves unless said otherwise; somebody else's child does not exist."""
    wanted = request.GET.get("child", "")
    for person in people:
        if person.key == wanted:
            return person
    raise Http404


def _record(request: HttpRequest, person: Person) -> dict[str, Any]:
    labels = {_key(label): label for label in actor_labels(person)}
    period, chosen = request.GET.get("days", ""), request.GET.get("who", "")
    wish = Wish(
        days=int(period) if period in PERIODS and period else None,
        actor_label=labels.get(chosen),
        is_refused_only=request.GET.get("refused") == "1",
        has_own=request.GET.get("own") == "1",
    )
    page = Paginator(looks_at(person, wish), LOOKS_A_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "days": wording.days_of(page.object_list, person.own_ids),
        "wish": wish,
        "is_narrowed": wish != Wish(),
        "periods": [{"value": value, "label": label, "on": value == period} for value, label in PERIODS.items()],
        "actors": [
            {"value": key, "label": wording.who(label), "selected": key == chosen} for key, label in labels.items()
        ],
    }


def _key(label: str) -> str:
    """A short name for a label: which organisation looked is nobody's business who sees the address."""
    return hashlib.sha256(label.encode()).hexdigest()[:10]
