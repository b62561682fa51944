"""A provider's page: who gives care, and what they offer."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from ..middleware import may_be_shared
from ..rendering.cards import cards
from ..rendering.hearts import with_hearts
from ..selectors.products import listings_of_provider, provider_with_services
from ..selectors.saved import saved_ids


@require_safe
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one provider."""
    provider = provider_with_services(public_id)
    if provider is None:
        raise Http404
    saved = saved_ids(request.user) if request.user.is_authenticated else None
    shown = cards(listings_of_provider(provider), now=timezone.now())
    offered = [mark_safe(html) for html in with_hearts(shown, saved)]  # noqa: S308 - our templates
    return may_be_shared(render(request, "browse/provider.html", {"provider": provider, "cards": offered}))
