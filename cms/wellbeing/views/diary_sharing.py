"""Showing one page or one mood to one person, taking it back, and the side of whoever was shown something."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal
from marketplace.families.models import Child

from ..confidants import confidants_of
from ..diary_access import keeper_required
from ..forms.diary import ShareForm
from ..models import DiaryEntry, EntryShare, MoodEntry
from ..moods import Weather, word_labels
from ..selectors import diary as selectors
from ..selectors import moods as mood_selectors
from ..services import diary_sharing as services
from ..services.diary_sharing import Shown

#: Who can be shown something: family, and who gives care.
readers_only = role_required(Role.FAMILY, Role.PRACTITIONER)


@never_cache
@require_http_methods(["GET", "POST"])
@keeper_required
def share_page(request: HttpRequest, public_id: UUID, *, child: Child) -> HttpResponse:
    """Choose whom to show a page to."""
    found = selectors.page_of(child, public_id)
    if found is None:
        raise Http404
    return _share(request, child, found, services.share_page)


@never_cache
@require_http_methods(["GET", "POST"])
@keeper_required
def share_mood(request: HttpRequest, public_id: UUID, *, child: Child) -> HttpResponse:
    """Choose whom to show a mood to."""
    found = mood_selectors.mood_of(child, public_id)
    if found is None:
        raise Http404
    return _share(request, child, found, services.share_mood)


@never_cache
@require_GET
@keeper_required
def given(request: HttpRequest, *, child: Child) -> HttpResponse:
    """Everything one shows or showed, each to be taken back with one press."""
    now_shown = {share.pk for share in selectors.live_shares().filter(child=child)}
    context = {"shares": list(selectors.shares_by(child)[:100]), "now_shown": now_shown}
    return render(request, "wellbeing/diary/given.html", context)


@never_cache
@require_POST
@keeper_required
def withdraw(request: HttpRequest, public_id: UUID, *, child: Child) -> HttpResponse:
    """Take one back."""
    try:
        services.withdraw_share(public_id=public_id, withdrawn_by=cast(User, request.user))
    except EntryShare.DoesNotExist as missing:
        raise Http404 from missing
    messages.success(request, _("收回了，对方从现在起就看不到了。"))
    return redirect("wellbeing:given")


@never_cache
@require_GET
@readers_only
def shown(request: HttpRequest) -> HttpResponse:
    """What others show to this person, and what a child under 14 asks a guardian to nod to."""
    user = cast(User, request.user)
    context = {"entries": selectors.entries_shown_to(user), "asked": selectors.shares_to_nod_to(user)}
    return render(request, "wellbeing/diary/shown.html", context)


@never_cache
@require_GET
@readers_only
def shown_entry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One thing somebody shows to this person, for as long as they do."""
    found = selectors.entry_shown_to(cast(User, request.user), public_id)
    if found is None:
        raise Http404
    services.mark_opened(share=found.share)
    context: dict[str, Any] = {"entry": found}
    if found.mood:
        context |= {"weather": Weather(found.mood.weather), "words": word_labels(found.mood.words)}
    return render(request, "wellbeing/diary/shown_entry.html", context)


@never_cache
@require_POST
@role_required(Role.FAMILY)
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Nod, or not."""
    agrees = request.POST.get("answer") == "yes"
    try:
        services.answer_share(public_id=public_id, answered_by=cast(User, request.user), agrees=agrees)
    except EntryShare.DoesNotExist as missing:
        raise Http404 from missing
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("好的，已经打开。") if agrees else _("好的，没有打开。记得告诉孩子为什么。"))
    return redirect("wellbeing:shown")


def _share(
    request: HttpRequest, child: Child, entry: DiaryEntry | MoodEntry, share: Callable[..., Shown]
) -> HttpResponse:
    people = confidants_of(child)
    form = ShareForm(request.POST or None, people=people)
    answer = None
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            done = share(
                child=child,
                public_id=entry.public_id,
                with_user=UUID(asked["with_user"]),
                days=asked["days"],
                shared_by=cast(User, request.user),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if not done.answer.card:
                messages.success(request, _shared_words(done.share))
                return redirect("wellbeing:given")
            answer = done.answer
    context = {
        "form": form,
        "people": people,
        "entry": entry,
        "answer": answer,
        "is_page": isinstance(entry, DiaryEntry),
    }
    context["needs_nod"] = not child.rules.decides_alone
    return render(request, "wellbeing/diary/share.html", context)


def _shared_words(share: EntryShare) -> str:
    if share.consent_id is None:
        return _("记下了。未满 14 岁要监护人点头，点头以前谁也看不到。")
    return _("给对方看了。随时可以收回。")
