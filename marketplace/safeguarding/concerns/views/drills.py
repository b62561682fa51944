"""Drills: started by a lead, measured, listed."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.accounts.models import User

from .. import forms, rules, selectors, services, wording
from .access import leads_and_keepers, leads_only


@never_cache
@require_GET
@leads_and_keepers
def show(request: HttpRequest) -> HttpResponse:
    """How drills went."""
    is_lead = rules.may_lead(cast(User, request.user))
    results = selectors.drill_results()
    context = {
        "page": "drills",
        "rows": [{"result": each, "kind": wording.kind_label(each.concern.kind)} for each in results],
        "form": forms.DrillForm() if is_lead else None,
    }
    return render(request, "concerns/drills.html", context)


@require_POST
@leads_only
def start(request: HttpRequest) -> HttpResponse:
    """Start one."""
    form = forms.DrillForm(request.POST)
    if form.is_valid():
        services.start_drill(scenario=form.cleaned_data["scenario"], started_by=cast(User, request.user))
        messages.success(request, _("演练开始了，值守的同事已经收到提醒。"))
    return redirect("concerns:drills")
