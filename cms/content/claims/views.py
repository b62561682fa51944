"""The page of claims, open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .entry import Design, Group
from .register import CLAIMS, claims_with


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """What others claim, with all that says how far it can be trusted; by subject, by how it came about, by words."""
    group, design = request.GET.get("group", ""), request.GET.get("design", "")
    words, with_figure = request.GET.get("q", "")[:60], request.GET.get("figure") == "1"
    found = claims_with(group=group, design=design, words=words, with_figure=with_figure)
    context = {
        "claims": found,
        "groups": Group.choices,
        "designs": [(value, label) for value, label in Design.choices if any(each.design == value for each in CLAIMS)],
        "group": group,
        "design": design,
        "words": words,
        "with_figure": with_figure,
        "total": len(CLAIMS),
        "strong": sum(claim.is_strong for claim in CLAIMS),
    }
    return render(request, "content/claims/claims.html", context)
