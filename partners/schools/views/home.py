"""Where a school begins, and the packs for its classes."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ..access import school_view
from ..enums import ListKind
from ..rules import School
from ..selectors import class_packs, lists_in_force

PAGE_SIZE = 20
_SHOWN = 3


@require_GET
@school_view
def home(request: HttpRequest, school: School) -> HttpResponse:
    """The letter box to tell pupils of, material for lessons, and how the lists stand."""
    found = lists_in_force(school.partner) if school.may_keep_lists else {}
    context = {
        "school": school,
        "page": "home",
        "packs": class_packs()[:_SHOWN],
        "lists": [(kind, found.get(kind)) for kind in ListKind] if school.may_keep_lists else [],
        "letter_box": request.build_absolute_uri(reverse("letters:index")),
    }
    return render(request, "schools/home.html", context)


@require_GET
@school_view
def packs(request: HttpRequest, school: School) -> HttpResponse:
    """Everything for lessons."""
    page = Paginator(class_packs(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "schools/packs.html", {"school": school, "page": "packs", "page_obj": page})
