"""The writer's side: what letters are, one's own letters, writing."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from marketplace.families.selectors import young_profile_of
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.answers import QUIET, Answer
from marketplace.safeguarding.gate.services import screen

from .. import offices, rules, selectors, services
from ..cards import card_for
from ..forms import FirstLetterForm, LetterForm
from ..models import LetterThread

writers_only = role_required(Role.TEEN, Role.FAMILY)


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What the letter box is, for everybody; and one's own letters."""
    user = request.user
    threads = list(selectors.threads_of(cast(User, user))) if user.is_authenticated else []
    is_writer = user.is_authenticated and cast(User, user).role in {Role.TEEN, Role.FAMILY}
    return render(request, "letters/index.html", {"threads": threads, "is_writer": is_writer})


@never_cache
@require_http_methods(["GET", "POST"])
@writers_only
def write(request: HttpRequest) -> HttpResponse:
    """Write a first letter. A letter that cannot be sent like this is still read for danger."""
    user = cast(User, request.user)
    child = young_profile_of(user)
    form = FirstLetterForm(request.POST or None, choices=offices.choices_for(user, child))
    answer = QUIET
    if request.method == "POST":
        if form.is_valid():
            try:
                sent = services.write_letter(writer=user, **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return _sent(request, sent.thread)
        answer = _read_anyway(request)
    context = {"form": form, "answer": answer, "may_write": rules.may_write(user, child)}
    return render(request, "letters/write.html", context)


@never_cache
@require_GET
@login_required
def thread(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One's own letters and the answers."""
    return _thread_page(request, _own(request, public_id), LetterForm(label=_("再写一封")))


@never_cache
@require_POST
@login_required
def write_on(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write a further letter."""
    own = _own(request, public_id)
    form = LetterForm(request.POST, label=_("再写一封"))
    if form.is_valid():
        try:
            services.write_on(public_id=public_id, writer=cast(User, request.user), text=form.cleaned_data["text"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _sent(request, own)
    return _thread_page(request, own, form, _read_anyway(request))


@never_cache
@require_POST
@login_required
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End it."""
    done = _("这段通信结束了。什么时候想写，都可以再写。")
    return _act(request, public_id, done, lambda user: services.close_thread(public_id=public_id, closed_by=user))


@never_cache
@require_POST
@login_required
def delete(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take all letters of a thread back."""
    _own(request, public_id)
    try:
        services.delete_thread(public_id=public_id, deleted_by=cast(User, request.user))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("letters:thread", public_id)
    messages.success(request, _("信都删掉了，钥匙也销毁了，谁也打不开了。"))
    return redirect("letters:index")


def _own(request: HttpRequest, public_id: UUID) -> LetterThread:
    return get_object_or_404(LetterThread, public_id=public_id, writer=request.user.pk)


def _sent(request: HttpRequest, sent: LetterThread) -> HttpResponse:
    messages.success(request, _("信寄出去了。48 小时内会有回信。"))
    return redirect("letters:thread", sent.public_id)


def _read_anyway(request: HttpRequest) -> Answer:
    """Danger in a letter that could not be sent as it is reaches people too."""
    user = cast(User, request.user)
    return screen(text=request.POST.get("text", ""), source=Source.LETTER, author=user, child=young_profile_of(user))


def _thread_page(
    request: HttpRequest, own: LetterThread, form: LetterForm, answer: Answer | None = None
) -> HttpResponse:
    letters = list(selectors.letters_in(own))
    prefetch_keys(letters)
    shown = answer if answer and answer.card else card_for(letters)
    response = render(
        request, "letters/thread.html", {"thread": own, "letters": letters, "form": form, "answer": shown}
    )
    services.mark_opened(thread=own)
    return response


def _act(request: HttpRequest, public_id: UUID, done: str, act: Callable[[User], object]) -> HttpResponse:
    _own(request, public_id)
    try:
        act(cast(User, request.user))
    except LetterThread.DoesNotExist as missing:
        raise Http404 from missing
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("letters:thread", public_id)
