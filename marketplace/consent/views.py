"""谁可以看什么: what the family agreed to, in words, each thing with its switch."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import Refusal
from marketplace.core.labels import shown_label
from marketplace.families.models import Child

from . import rules, selectors, services
from .cards import card, history, page_of
from .enums import GivenAs
from .forms import GrantForm
from .models import Consent
from .registry import Grantee
from .texts import TEXT_VERSION, TEXTS


def _chosen(request: HttpRequest, people: list[Child]) -> Child | None:
    """The child whose page is asked for; oneself, or the first, without a choice."""
    asked = request.GET.get("child", "")
    own = [child for child in people if child.account_id == request.user.pk]
    return next((child for child in people if str(child.public_id) == asked), None) or next(iter(own + people), None)


def _capacity(request: HttpRequest, child: Child) -> GivenAs | None:
    return rules.capacity(request.user, child, timezone.localdate())


def _index_of(child: Child) -> str:
    return f"{reverse('consent:index')}?child={child.public_id}"


@require_GET
@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Who may see what of a child, or of oneself."""
    people = selectors.people_decided_for(request.user)
    child = _chosen(request, people)
    context: dict[str, Any] = {"people": people, "child": child}
    if child is not None:
        context["page"] = page_of(child, request.user, timezone.now())
        context["overrides"] = selectors.overrides_told_to(request.user).filter(child=child)
    return render(request, "consent/index.html", context)


def _own_consent(request: HttpRequest, public_id: UUID) -> Consent:
    consent = selectors.consent_for(request.user, public_id, timezone.localdate())
    if consent is None:
        raise Http404
    return consent


@require_GET
@login_required
@never_cache
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One consent, with what happened to it and the words that were agreed to."""
    consent = _own_consent(request, public_id)
    context = {
        "card": card(consent, request.user, _capacity(request, consent.child), timezone.now()),
        "history": history(consent),
        "text": TEXTS[consent.text_version],
        "back": _index_of(consent.child),
    }
    return render(request, "consent/detail.html", context)


@require_POST
@login_required
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Switch a consent off in one tap."""
    consent = _own_consent(request, public_id)
    try:
        services.revoke_consent(consent_id=public_id, revoked_by=request.user)
        words = _("已关掉。%(who)s从现在起看不到了。想再打开，可以重新同意。")
        messages.success(request, words % {"who": shown_label(consent.grantee_label)})
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(_index_of(consent.child))


@require_POST
@login_required
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say yes or no to what somebody asks for."""
    consent = _own_consent(request, public_id)
    agrees = request.POST.get("agrees") == "yes"
    try:
        answered = services.answer_proposal(consent_id=public_id, answered_by=request.user, agrees=agrees)
        messages.success(request, _answered(answered, agrees))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(_index_of(consent.child))


def _answered(consent: Consent, agrees: bool) -> str:
    if not agrees:
        return _("好的，没有打开。其他功能都不受影响。")
    return _("已同意。还要等另一方同意才会打开。") if rules.still_needed(consent) else _("已同意。你可以随时关掉。")


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def grant(request: HttpRequest) -> HttpResponse:
    """Choose whom to show something (first page), then what, why and how long (second page)."""
    child = _chosen(request, selectors.people_decided_for(request.user))
    if child is None or _capacity(request, child) is None:
        raise Http404
    grantees = _grantees(request, child)
    context = {"child": child, "grantees": grantees, "back": _index_of(child), "text": TEXTS[TEXT_VERSION]}
    if "who" not in request.GET:
        return render(request, "consent/whom.html", context)
    grantee = next((one for one in grantees if one.key == request.GET["who"]), None)
    if grantee is None:
        raise Http404
    form = GrantForm(request.POST or None, grantee=grantee)
    if request.method == "POST" and form.is_valid() and _grant(request, child, grantee, form):
        return redirect(_index_of(child))
    return render(request, "consent/grant.html", context | {"form": form, "grantee": grantee})


def _grantees(request: HttpRequest, child: Child) -> list[Grantee]:
    """Whom this person can show something of the child to, each with the purposes they can decide on."""
    open_purposes = rules.purposes_open_to(_capacity(request, child), child, timezone.localdate())
    found = []
    for grantee in selectors.grantees_of(child, for_user=request.user):
        purposes = tuple(purpose for purpose in grantee.purposes if purpose in open_purposes)
        if purposes:
            found.append(Grantee(grantee.kind, grantee.id, grantee.label, grantee.items, purposes))
    return found


def _grant(request: HttpRequest, child: Child, grantee: Grantee, form: GrantForm) -> bool:
    try:
        consent = services.grant_consent(
            child=child,
            grantee_kind=grantee.kind,
            grantee_id=grantee.id,
            grantee_label=grantee.label,
            items=form.cleaned_data["items"],
            purpose=form.cleaned_data["purpose"],
            until=form.until,
            given_by=request.user,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _answered(consent, agrees=True))
    return True
