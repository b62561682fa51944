"""Who has learned what."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.accounts.models import User

from .. import forms, rules, selectors, services
from ..enums import Training
from .access import leads_and_keepers, leads_only

#: The library's course for whoever notices first.
GATEKEEPER_COURSE = "course-for-teachers-noticing"


@never_cache
@require_GET
@leads_and_keepers
def show(request: HttpRequest) -> HttpResponse:
    """Everybody with safety duty and until when their trainings count."""
    return _page(request, forms.TrainingForm(initial={"done_on": timezone.localdate()}))


@require_POST
@leads_only
def record(request: HttpRequest) -> HttpResponse:
    """Write a training down."""
    form = forms.TrainingForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    services.record_training(recorded_by=cast(User, request.user), **form.cleaned_data)
    messages.success(request, _("已记下培训。"))
    return redirect("concerns:training")


def _page(request: HttpRequest, form: forms.TrainingForm) -> HttpResponse:
    context = {
        "page": "training",
        "rows": selectors.training_rows(timezone.localdate()),
        "trainings": list(Training),
        "course": GATEKEEPER_COURSE,
        "form": form if rules.may_lead(cast(User, request.user)) else None,
    }
    return render(request, "concerns/training.html", context)
