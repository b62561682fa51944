"""What things cost, what we take and what goes back: the rules in force, the next ones, and every version before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from .selectors import fees_in_force, next_fees, past_fees, published_fees


@require_GET
def fees(request: HttpRequest) -> HttpResponse:
    """The rules in force, with what comes and what was."""
    context = {"version": fees_in_force(), "coming": list(next_fees()), "past": past_fees()}
    return render(request, "settlement/fees.html", context)


@require_GET
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One published version."""
    return render(request, "settlement/version.html", {"version": get_object_or_404(published_fees(), number=number)})


@require_GET
def download(request: HttpRequest, number: int) -> HttpResponse:
    """The same as a text file, to keep."""
    shown = get_object_or_404(published_fees(), number=number)
    text = render_to_string("settlement/version.txt", {"version": shown}, request)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="xinqiao-fees-v{shown.number}.txt"'
    return response
