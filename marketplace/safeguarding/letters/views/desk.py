"""The desk of those who answer: what waits, one thread, and how the promise is kept. Every look is written down.

A look is written about the thread alone, not about the child: the record of looks of a child under 14 is read by a
guardian, who is not to learn there that letters are written.
"""

from collections.abc import Callable, Collection
from dataclasses import asdict
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.audit.enums import Action
from marketplace.core.audit.services import record_access
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from marketplace.core.labels import kept_label

from .. import offices, rules, selectors, services
from ..access import answering_required
from ..forms import HandOverForm, LetterForm, WorryForm
from ..models import LetterThread

PAGE_SIZE = 20
#: How far back the figures look.
FIGURES_OF = timedelta(days=30)
_PURPOSE = "letter"
Keys = Collection[str]


@never_cache
@require_GET
@answering_required
def desk(request: HttpRequest, *, keys: Keys) -> HttpResponse:
    """What waits, the promise that ends first on top; or what was answered. No words of letters."""
    is_done = request.GET.get("show") == "answered"
    found = selectors.threads_answered(keys) if is_done else selectors.threads_to_answer(keys)
    now = timezone.now()
    context = {
        "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_done": is_done,
        "now": now,
        "figures": selectors.figures(now - FIGURES_OF, now, keys=keys),
    }
    return render(request, "letters/desk/queue.html", context)


@never_cache
@require_GET
@answering_required
def figures(request: HttpRequest, *, keys: Keys) -> JsonResponse:
    """How the promise was kept in the last 30 days, as plain numbers."""
    now = timezone.now()
    return JsonResponse(asdict(selectors.figures(now - FIGURES_OF, now, keys=keys)))


@never_cache
@require_GET
@answering_required
def case(request: HttpRequest, public_id: UUID, *, keys: Keys) -> HttpResponse:
    """One thread: letters, what happened beside them, and what can be done next. Never who writes."""
    return _case_page(request, _thread(public_id, keys))


@never_cache
@require_POST
@answering_required
def take(request: HttpRequest, public_id: UUID, *, keys: Keys) -> HttpResponse:
    """Take it."""
    done = gettext_lazy("这封信由你来回。")
    return _act(request, public_id, keys, done, lambda me: services.take_thread(public_id=public_id, taken_by=me))


@never_cache
@require_POST
@answering_required
def answer(request: HttpRequest, public_id: UUID, *, keys: Keys) -> HttpResponse:
    """Answer."""
    form = LetterForm(request.POST, label=_("写给对方的回信"), auto_id="answer_%s")
    found = _thread(public_id, keys)
    if not form.is_valid():
        return _case_page(request, found, answer_form=form)
    done = gettext_lazy("回信寄出去了。")
    text = form.cleaned_data["text"]
    return _act(
        request,
        public_id,
        keys,
        done,
        lambda me: services.answer_letter(public_id=public_id, answered_by=me, text=text),
    )


@never_cache
@require_POST
@answering_required
def hand_over(request: HttpRequest, public_id: UUID, *, keys: Keys) -> HttpResponse:
    """Hand it to a colleague."""
    found = _thread(public_id, keys)
    colleagues = _colleagues(request, found)
    form = HandOverForm(request.POST, colleagues=colleagues)
    if not form.is_valid():
        messages.error(request, _("请选一位同事。"))
        return redirect("letters:case", public_id)
    to = next(each for each in colleagues if str(each.public_id) == form.cleaned_data["to"])
    note = form.cleaned_data["note"]
    done = gettext_lazy("转给同事了，时间照样在走。")
    return _act(
        request,
        public_id,
        keys,
        done,
        lambda me: services.hand_over_thread(public_id=public_id, handed_by=me, to=to, note=note),
    )


@never_cache
@require_POST
@answering_required
def note(request: HttpRequest, public_id: UUID, *, keys: Keys) -> HttpResponse:
    """Write something down for colleagues."""
    text = request.POST.get("text", "")[:1000]
    done = gettext_lazy("记下了。")
    return _act(
        request,
        public_id,
        keys,
        done,
        lambda me: services.note_for_colleagues(public_id=public_id, written_by=me, text=text),
    )


@never_cache
@require_POST
@answering_required
def end(request: HttpRequest, public_id: UUID, *, keys: Keys) -> HttpResponse:
    """End an answered thread."""
    done = gettext_lazy("这段通信结束了。")
    return _act(request, public_id, keys, done, lambda me: services.close_answered(public_id=public_id, closed_by=me))


@never_cache
@require_POST
@answering_required
def worry(request: HttpRequest, public_id: UUID, *, keys: Keys) -> HttpResponse:
    """Tell the safety desk."""
    form = WorryForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选一种担心。"))
        return redirect("letters:case", public_id)
    asked = form.cleaned_data
    done = gettext_lazy("已经告诉安全值守的同事。信还是要回，别让人等。")
    return _act(
        request,
        public_id,
        keys,
        done,
        lambda me: services.raise_worry(public_id=public_id, raised_by=me, kind=asked["kind"], is_now=asked["is_now"]),
    )


def _thread(public_id: UUID, keys: Keys) -> LetterThread:
    found = LetterThread.objects.select_related("handler").filter(public_id=public_id, office__in=keys).first()
    if found is None:
        raise Http404
    return found


def _colleagues(request: HttpRequest, found: LetterThread) -> list[User]:
    return [each for each in offices.answerers(found.office) if each.pk != request.user.pk]


def _case_page(request: HttpRequest, found: LetterThread, **forms: Any) -> HttpResponse:
    user = cast(User, request.user)
    _record(request, found, Action.READ)
    letters = list(selectors.letters_in(found).select_related("thread", "answered_by"))
    events = list(found.events.select_related("by", "thread"))
    prefetch_keys([found, *letters, *events])
    now = timezone.now()
    context = {
        "thread": found,
        "letters": letters,
        "events": events,
        "now": now,
        "may_take": found.is_open and rules.may_take(found, user, now),
        "is_mine": found.handler_id == user.pk,
        "answer_form": LetterForm(label=_("写给对方的回信"), auto_id="answer_%s"),
        "hand_over_form": HandOverForm(colleagues=_colleagues(request, found), auto_id="hand_%s"),
        "worry_form": WorryForm(auto_id="worry_%s"),
    }
    return render(request, "letters/desk/case.html", context | forms)


def _act(
    request: HttpRequest, public_id: UUID, keys: Keys, done: Promise, act: Callable[[User], object]
) -> HttpResponse:
    found = _thread(public_id, keys)
    try:
        act(cast(User, request.user))
    except LetterThread.DoesNotExist as missing:
        raise Http404 from missing
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        _record(request, found, Action.UPDATE)
        messages.success(request, str(done))
    return redirect("letters:case", public_id)


def _record(request: HttpRequest, found: LetterThread, action: Action) -> None:
    record_access(
        actor=cast(User, request.user),
        subject_id=found.public_id,
        items=[],
        records=[found.public_id],
        purpose=_PURPOSE,
        reason="duty",
        action=action,
        actor_label=kept_label("心桥", Duty.COUNSELLING.label),
    )
