"""One case: taking it, opening its words, deciding, taking back."""

from base64 import b64decode
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.core.audit.enums import Action
from marketplace.core.errors import Refusal

from ...models import Attachment, Case, Claim, Decision
from ...postvention.guidance import FOR_MODERATORS
from ...postvention.selectors import hold_over
from ...services.showing import thread_of
from .. import rules, selectors, wording
from ..forms import DecisionForm
from ..services import claiming, deciding
from .access import attempt, case_or_404, me, moderators_only, note_look


@never_cache
@require_GET
@moderators_only
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One case. Its words are there only for whoever has it in hand, and covered ones only once they were opened."""
    return _page(request, case_or_404(public_id))


@require_POST
@moderators_only
def claim(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a case in hand."""
    found = case_or_404(public_id)
    taken = attempt(request, lambda: claiming.claim_case(public_id=public_id, moderator=me(request)))
    return redirect("community:desk_case", found.public_id) if taken else redirect("community:desk")


@require_POST
@moderators_only
def open_words(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open covered words."""
    found = case_or_404(public_id)
    attempt(request, lambda: claiming.open_words(public_id=public_id, moderator=me(request)))
    return redirect("community:desk_case", found.public_id)


@require_POST
@moderators_only
def put_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a case back, without saying why."""
    case_or_404(public_id)
    done = _("已放回队列，会有别的同事来看。")
    attempt(request, lambda: claiming.put_back(public_id=public_id, moderator=me(request)), done)
    return redirect("community:desk")


@require_POST
@moderators_only
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decide; an incomplete form comes back with what was written."""
    found = case_or_404(public_id)
    form = DecisionForm(request.POST, worries=_worries(found), auto_id="decide_%s")
    if not form.is_valid():
        return _page(request, found, form=form)
    template = wording.BY_KEY[form.cleaned_data["template"]]
    choice = deciding.Choice(
        outcome=template.outcome,
        template=template.key,
        words=form.cleaned_data["words"].strip() or str(template.words),
        reason=form.cleaned_data["reason"].strip(),
        thought_of_safety=form.cleaned_data.get("thought_of_safety", False),
    )
    try:
        deciding.decide(public_id=public_id, choice=choice, decided_by=me(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _page(request, found, form=form)
    note_look(request, found.writing, Action.UPDATE)
    messages.success(
        request, _("已处理：%(outcome)s。作者会在自己的页面看到你写的话。") % {"outcome": template.outcome.label}
    )
    return redirect("community:desk_case", found.public_id)


@require_POST
@moderators_only
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one's decision back, soon after."""
    decision = Decision.objects.select_related("case").filter(public_id=public_id).first()
    if decision is None:
        raise Http404
    attempt(
        request, lambda: deciding.undo(public_id=public_id, undone_by=me(request)), _("已撤销，这一条又回到你手上。")
    )
    return redirect("community:desk_case", decision.case.public_id)


@require_POST
@moderators_only
def pull_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take something shown from the readers' eyes until somebody has looked again."""
    found = case_or_404(public_id)
    done = _("已先收起来，别人看不到了。它在队列里等人再看。")
    attempt(request, lambda: deciding.pull_back(writing=found.writing, pulled_by=me(request)), done)
    return redirect("community:desk")


@never_cache
@require_GET
@moderators_only
def picture(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The picture of a text in hand that was opened."""
    found = case_or_404(public_id)
    if not _is_open(_claim_of(request, found)):
        raise Http404
    attached = _attachment(found)
    if attached is None:
        raise Http404
    return HttpResponse(b64decode(attached.content), content_type="image/jpeg")


def _page(request: HttpRequest, found: Case, form: DecisionForm | None = None) -> HttpResponse:
    held = _claim_of(request, found)
    is_open = _is_open(held)
    if is_open:
        note_look(request, found.writing)
    decision = found.decisions.filter(undone_at=None).first()
    context = {
        "case": found,
        "topic": thread_of(found.writing).topic,
        "waited": _waited(found, decision),
        "claim": held,
        "is_open": is_open,
        "decision": decision,
        "may_undo": decision is not None and deciding.may_undo(decision, me(request), timezone.now()),
        "house_rules": wording.HOUSE_RULES,
        "hold": hold_over(thread_of(found.writing).topic),
        "hold_rules": FOR_MODERATORS,
    }
    if is_open:
        context |= _words(found) | {
            "form": form or DecisionForm(worries=_worries(found), auto_id="decide_%s"),
            "templates": wording.TEMPLATES,
        }
    return render(request, "community/desk/case.html", context)


def _words(found: Case) -> dict[str, object]:
    """What is read once a case is open: the text, its alias, what was asked for, what readers said."""
    return {
        "text": found.writing.text,
        "alias": selectors.alias_of(found),
        "picture": _attachment(found),
        "reports": list(selectors.reports_about(found.writing)),
        "appeal": getattr(found, "appeal", None),
        "earlier": selectors.earlier_decisions(found),
    }


def _waited(found: Case, decision: Decision | None) -> timedelta:
    """How long it has waited, or did wait until it was decided."""
    if decision is not None and not found.is_open:
        return timedelta(seconds=decision.waited_seconds)
    return timezone.now() - found.opened_at


def _claim_of(request: HttpRequest, found: Case) -> Claim | None:
    live = found.claims.filter(moderator=me(request), ended_at=None, expires_at__gt=timezone.now())
    return live.first() if found.is_open else None


def _is_open(held: Claim | None) -> bool:
    return held is not None and held.opened_at is not None


def _attachment(found: Case) -> Attachment | None:
    return found.writing.attachments.first()


def _worries(found: Case) -> bool:
    return rules.asks_for_safety(level=found.level, kind=found.kind)
