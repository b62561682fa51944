"""Writing: a post with its preview, an answer, and one's own pages."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.models import User
from marketplace.core.errors import Refusal

from ..enums import OWN_STATES
from ..errors import Gone
from ..forms import PostForm, ReplyForm
from ..models import Post
from ..selectors import reading
from ..selectors.own import is_own, own_alias, own_threads
from ..services import withdrawing, writing
from .reading import readable_topic, reader
from .said import keep_said, take_said


@never_cache
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a post: send it at once, or look first at what others will see. Who may not is told kindly why."""
    who, topic = reader(request), readable_topic(request, slug)
    if not who.may_write(topic):
        return render(
            request, "community/may_not_write.html", {"reader": who, "topic": topic}, status=_forbidden(request)
        )
    form = PostForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = _try(form, lambda: _written(request, topic, form))
        if done:
            return done
    return render(request, "community/write.html", {"topic": topic, "form": form, "reader": who})


def _written(request: HttpRequest, topic: Any, form: PostForm) -> HttpResponse:
    user = _member(request)
    given: dict[str, Any] = {"user": user, "topic": topic, "text": form.cleaned_data["text"], "picture": _picture(form)}
    if "look" in request.POST:
        return redirect("community:own", writing.draft_post(**given).public_id)
    return _sent(request, writing.write_post(**given))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One's own post as others (will) see it, where it stands, and changing it as long as that can be."""
    user, post = _member(request), reading.thread_of(public_id)
    if post is None or not is_own(user, post):
        raise Http404
    may_change = post.state in OWN_STATES
    form = PostForm(request.POST or None, request.FILES or None, initial={"text": post.text})
    if request.method == "POST" and may_change and form.is_valid():
        given: dict[str, Any] = {"user": user, "post_id": public_id, "text": form.cleaned_data["text"]}
        done = _try(form, lambda: _changed(request, given | {"picture": _picture(form)}))
        if done:
            return done
    context = {
        "post": post,
        "topic": post.topic,
        "alias": own_alias(user, post),
        "picture": post.attachments.defer("content").first(),
        "form": form if may_change else None,
        "may_change": may_change,
        "undo_minutes": int(withdrawing.UNDO.total_seconds() // 60),
        "said": take_said(request),
    }
    return render(request, "community/own.html", context)


def _changed(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    post = writing.change_own(**given)
    if "look" in request.POST:
        return redirect("community:own", post.public_id)
    return _sent(request, writing.send_post(user=given["user"], post_id=post.public_id))


@require_POST
@login_required
def send(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send what was looked at."""
    try:
        return _sent(request, writing.send_post(user=_member(request), post_id=public_id))
    except Gone as gone:
        raise Http404 from gone
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("community:mine")


@require_POST
@login_required
def reply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer in a thread."""
    form, post = ReplyForm(request.POST, request.FILES), reading.thread_of(public_id)
    if post is None or not reader(request).may_read(post.topic):
        raise Http404
    if not form.is_valid():
        messages.error(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
        return redirect("community:thread", public_id)
    try:
        sent = writing.write_reply(
            user=_member(request),
            thread_id=public_id,
            text=form.cleaned_data["text"],
            quotes=form.cleaned_data["quotes"],
            picture=_picture(form),
        )
    except Gone as gone:
        raise Http404 from gone
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("community:thread", public_id)
    keep_said(request, sent)
    return redirect("community:thread", public_id)


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Everything one wrote, where it stands, and taking it back."""
    threads = own_threads(_member(request))
    return render(
        request, "community/mine.html", {"threads": threads, "reader": reader(request), "said": take_said(request)}
    )


def _try(form: Any, action: Callable[[], HttpResponse]) -> HttpResponse | None:
    try:
        return action()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _sent(request: HttpRequest, sent: writing.Sent) -> HttpResponse:
    keep_said(request, sent)
    assert isinstance(sent.writing, Post)
    return redirect("community:own", sent.writing.public_id)


def _picture(form: Any) -> writing.Picture | None:
    file = form.cleaned_data.get("picture")
    return writing.Picture(file.read(), form.cleaned_data.get("description", "")) if file else None


def _member(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _forbidden(request: HttpRequest) -> int:
    return 200 if request.method == "GET" else 403
