"""我的家庭: the children a person cares for, or a young person's own profile, with the people around them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from .. import selectors


@login_required
@never_cache
def show_family(request: HttpRequest) -> HttpResponse:
    """Everybody of the family, what each sees, and what the next birthday changes."""
    own = selectors.family_of_young(request.user)
    members = selectors.families_of(request.user)
    context = {"own": own, "members": members, "is_young": own is not None and not own.child.rules.is_adult}
    return render(request, "families/family.html", context)
