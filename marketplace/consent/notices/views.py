"""The privacy pages: hub, layered notice, records of processing, what we do not build, and staff's assessments."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.errors import Refusal

from . import export, hub, selectors, services
from .enums import ResidualRisk
from .forms import AssessmentForm
from .register import ACTIVITIES, BY_KEY, CLAIMS, REFUSALS
from .register.short import SHORT_NOTICE


@require_safe
def show_hub(request: HttpRequest) -> HttpResponse:
    """隐私与安全: everything a person can see and decide about their data, in one place."""
    context = {
        "own": hub.cards(hub.OWN),
        "safe": hub.cards(hub.SAFE) if request.user.is_authenticated else [],
        "read": hub.cards(hub.READ),
        "complain": hub.cards(hub.COMPLAIN),
    }
    return render(request, "notices/hub.html", context)


@require_safe
def show_privacy(request: HttpRequest) -> HttpResponse:
    """The layered notice: one screen first, then each purpose."""
    details = [
        {"activity": activity, "kept": [(kept["title"], kept["period"]) for kept in record["retention"]]}
        for activity, record in zip(ACTIVITIES, export.records_of_processing(), strict=True)
    ]
    return render(request, "notices/privacy.html", {"points": SHORT_NOTICE, "details": details})


@require_safe
def show_processing(request: HttpRequest) -> HttpResponse:
    """The records of processing; `?format=json` or `csv` to take them along."""
    today = timezone.localdate()
    kind = request.GET.get("format", "")
    if kind == "json":
        return _file(export.as_json(today), "application/json", f"processing-{today}.json")
    if kind == "csv":
        return _file(export.as_csv(), "text/csv; charset=utf-8", f"processing-{today}.csv")
    return render(request, "notices/processing.html", {"records": export.records_of_processing()})


@require_safe
def show_not_built(request: HttpRequest) -> HttpResponse:
    """What we do not build, and why."""
    return render(request, "notices/not_built.html", {"refusals": REFUSALS})


@require_safe
def show_claims(request: HttpRequest) -> HttpResponse:
    """What makers of comparable products claim, with source and date, and what we do about it."""
    return render(request, "notices/claims.html", {"claims": CLAIMS})


@duty_required(Duty.PRIVACY)
@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """Every activity that is assessed yearly, the late ones first."""
    states = selectors.assessment_states(timezone.localdate())
    context = {"states": states, "overdue": sum(state.is_overdue for state in states)}
    return render(request, "notices/assessments.html", context)


@duty_required(Duty.PRIVACY)
def assess(request: HttpRequest, activity: str) -> HttpResponse:
    """The assessments of one activity, and the form for a new one."""
    declared = BY_KEY.get(activity)
    if declared is None or not declared.needs_assessment:
        raise Http404
    form = AssessmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _recorded(request, activity, form):
        messages.success(request, _("评估已经保存。"))
        return redirect("notices:assessments")
    context = {"activity": declared, "form": form, "past": selectors.assessments_of(activity)}
    return render(request, "notices/assess.html", context)


def _recorded(request: HttpRequest, activity: str, form: AssessmentForm) -> bool:
    found = form.cleaned_data
    try:
        services.record_assessment(
            activity=activity,
            assessed_on=found["assessed_on"],
            risks=found["risks"],
            measures=found["measures"],
            residual_risk=ResidualRisk(found["residual_risk"]),
            assessed_by=request.user,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _file(content: str, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
