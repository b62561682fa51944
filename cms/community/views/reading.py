"""Reading: topics, one topic, one thread, a picture. The same answer for everybody, whoever wrote what."""

from base64 import b64decode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.core.age_bands import AgeBand

from ..forms import ReplyForm
from ..models import Attachment, Topic
from ..postvention.selectors import hold_over
from ..rules import Reader, reader_of
from ..selectors import reading
from ..selectors.hidden import hides_somebody
from ..selectors.own import is_own, own_alias
from ..selectors.topics import topics_for
from ..services.seeing import note_visit
from .said import take_said

#: The band a stranger picked; a plain cookie, so that nobody has to sign in to read.
BAND_COOKIE = "age_band"
_A_YEAR = 365 * 24 * 3600


def reader(request: HttpRequest) -> Reader:
    """Return the reader behind a request."""
    return reader_of(request.user, chosen=request.COOKIES.get(BAND_COOKIE, ""))


@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The topics of one's age, the rules of the house, and where help is."""
    who = reader(request)
    groups = topics_for(who)
    return render(
        request, "community/home.html", {"reader": who, "groups": groups, "bands": AgeBand, "calm": hold_over(None)}
    )


@never_cache
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """The rules of the house, and how nobody can tell who wrote what."""
    return render(request, "community/about.html", {"reader": reader(request)})


@require_POST
def choose_band(request: HttpRequest) -> HttpResponse:
    """Remember for which age somebody reads; a young member's own age is not theirs to choose."""
    response = redirect("community:home")
    if request.POST.get("band") in AgeBand.values:
        response.set_cookie(
            BAND_COOKIE,
            request.POST["band"],
            max_age=_A_YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return response


@never_cache
@require_GET
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of a topic."""
    who, found = reader(request), readable_topic(request, slug)
    feed = reading.feed_of(found, who, before=_uuid(request.GET.get("before")))
    context = {"reader": who, "topic": found, "feed": feed, "calm": hold_over(found)}
    return render(request, "community/topic.html", context)


@never_cache
@require_GET
def thread(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One page of a thread."""
    who, post = reader(request), reading.thread_of(public_id)
    if post is None or not who.may_read(post.topic):
        raise Http404
    if not post.is_shown:
        if is_own(who.user, post):
            return redirect("community:own", post.public_id)
        return render(request, "community/gone.html", status=404)
    page = reading.thread_page(post, who, after=_uuid(request.GET.get("after")))
    if page is None:
        return render(request, "community/gone.html", status=404)
    alias = own_alias(who.user, post)
    if alias and who.user:
        note_visit(member=who.user, alias=alias, replies=post.replies_shown)
    quotes = _quoted(page, _uuid(request.GET.get("quote")))
    context = {
        "reader": who,
        "topic": post.topic,
        "page": page,
        "post": page.post,
        "alias": alias,
        "quoted": quotes,
        "form": ReplyForm(initial={"quotes": quotes.writing.public_id if quotes else None}),
        "may_write": who.may_write(post.topic),
        "hides": hides_somebody(who.user, post),
        "calm": hold_over(post.topic),
        "said": take_said(request),
    }
    return render(request, "community/thread.html", context)


@never_cache
@require_GET
def picture(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A picture, to whoever may read what it stands with; its writer before that, too."""
    found, who = reading.picture_of(public_id), reader(request)
    if found is None or not _may_see(found, who):
        raise Http404
    return HttpResponse(b64decode(found.content), content_type="image/jpeg")


def _may_see(found: Attachment, who: Reader) -> bool:
    writing = found.reply or found.post
    assert writing is not None
    thread = found.reply.thread if found.reply else writing
    if writing.is_shown and thread.is_shown and who.may_read(thread.topic):  # type: ignore[union-attr]
        return True
    return is_own(who.user, writing)


def readable_topic(request: HttpRequest, slug: str) -> Topic:
    """Return a topic this reader may read, or answer that there is none."""
    found = get_object_or_404(Topic, slug=slug)
    if not reader(request).may_read(found):
        raise Http404
    return found


def _quoted(page: reading.Thread, wanted: UUID | None) -> reading.Shown | None:
    return next((each for each in (page.post, *page.replies) if each.writing.public_id == wanted), None)


def _uuid(value: str | None) -> UUID | None:
    try:
        return UUID(value) if value else None
    except ValueError:
        return None
