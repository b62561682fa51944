"""One concern: what was written, what to do, what was done."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.safeguarding.hotlines import HOTLINES

from .. import clocks, family_contact, forms, playbooks, rules, selectors, services, wording
from ..enums import CallState, Sealed, Told
from ..models import Concern, ConcernEvent
from .access import concern_or_404


@never_cache
@require_GET
@duty_required(Duty.SAFETY)
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything about one concern except who it is about; the look is written down."""
    concern = concern_or_404(public_id)
    return page(request, concern)


def page(request: HttpRequest, concern: Concern, **refilled: Any) -> HttpResponse:
    """Render a concern's page; `refilled` are forms that came back."""
    user, now = cast(User, request.user), timezone.now()
    texts = services.read_texts(concern=concern, viewer=user, now=now)
    done = {mark.step: mark for mark in concern.steps.select_related("done_by")}
    face = clocks.clock_face(concern, now)
    calls = list(selectors.waiting_calls(concern)) if concern.is_open and not concern.acknowledged_at else []
    context = {
        "page": "desk",
        "concern": concern,
        "kind_label": wording.kind_label(concern.kind),
        "urgency": wording.urgency_label(concern.urgency),
        "face": face,
        "badge": wording.badge_of(face.state),
        "waited": wording.waited(face.minutes),
        "texts": texts,
        "events": _events(concern),
        "playbook": playbooks.playbook_of(concern.kind),
        "steps": [(step, done.get(step.code)) for step in playbooks.playbook_of(concern.kind).steps],
        "steps_done": len(done),
        "rule": family_contact.family_rule(concern.kind, concern.urgency, services.decides_alone(concern, now)),
        "calls": calls,
        "call_states": [state for state in CallState if state != CallState.WAITING],
        "is_mine": rules.is_held_by(concern, user),
        "has_person": bool(concern.link),
        "is_nameless": rules.is_nameless([text.event for text in texts]),
        "is_unsealed": services.is_unsealed(concern, Sealed.PERSON, now),
        "unsealings": _unsealings(concern, user),
        "hotlines": HOTLINES,
        "hours": selectors.desk_hours(now),
    }
    return render(request, "concerns/concern.html", context | _forms(concern, user, set(done)) | refilled)


def _forms(concern: Concern, user: User, done: set[str]) -> dict[str, Any]:
    if not concern.is_open:
        return {"reopen_form": forms.ReopenForm(auto_id="reopen_%s")}
    return {
        "note_form": forms.NoteForm(auto_id="note_%s"),
        "hand_over_form": forms.HandOverForm(auto_id="hand_%s", user=user),
        "told_form": forms.ToldForm(auto_id="told_%s", concern=concern, done=done),
        "close_form": forms.CloseForm(auto_id="close_%s", concern=concern),
        "urgency_form": forms.UrgencyForm(auto_id="urgency_%s", initial={"level": concern.urgency}),
        "unseal_form": forms.UnsealForm(auto_id="unseal_%s"),
    }


def _events(concern: Concern) -> list[ConcernEvent]:
    events = list(selectors.events_of(concern))
    prefetch_keys(events)
    steps = {step.code: step.text for step in playbooks.playbook_of(concern.kind).steps}
    for event in events:
        event.said = _said(event, steps)  # type: ignore[attr-defined]
    return events


def _said(event: ConcernEvent, steps: dict[str, Any]) -> Any:
    """What an event's fixed word means."""
    if event.detail in steps:
        return steps[event.detail]
    for words in (CallState, Told):
        if event.detail in words.values:
            return words(event.detail).label
    return ""


def _unsealings(concern: Concern, user: User) -> list[dict[str, Any]]:
    found = list(concern.unsealings.select_related("asked_by", "decided_by", "concern")[:5])
    prefetch_keys(found)
    return [{"asked": each, "may_decide": each.is_granted is None and each.asked_by_id != user.pk} for each in found]
