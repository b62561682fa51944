"""Whose calendar a provider's is: tied to a person of the team, and untied when they go.

Untied, a provider takes no new bookings, and the person finds nothing of them any more; the bookings that stand are the
organisation's, which moves or cancels them.
"""

from django.db import transaction

from catalog.partner.models import Partner
from catalog.partner.team.errors import NotInTeam, ProfileTaken
from catalog.partner.team.locks import lock_team_as_manager
from catalog.partner.team.rules import GIVE_CARE
from catalog.partner.team.selectors import role_at
from marketplace.accounts.models import User

from ..models import Provider
from ..signals import availability_changed


@transaction.atomic
def link_provider(*, provider: Provider, user: User, linked_by: User) -> Provider:
    """Let a person of the team who gives care answer for a provider's calendar.

    Raises NotManager, NotInTeam (also for other work in the team), ProfileTaken.
    """
    partner = lock_team_as_manager(provider.partner_id, linked_by.pk)
    provider = Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=provider.pk)
    if role_at(user, partner) not in GIVE_CARE:
        raise NotInTeam
    if provider.user_id == user.pk:
        return provider
    if provider.user_id is not None or Provider.objects.filter(user=user).exists():
        raise ProfileTaken
    provider.user = user
    provider.is_active = True
    provider.save(update_fields=["user", "is_active"])
    availability_changed.send(Provider, provider_ids=(provider.pk,))
    return provider


def unlink_provider(*, partner: Partner, user: User) -> None:
    """Untie a person from the calendar they had here. Joins the caller's transaction."""
    for provider in Provider.objects.select_for_update(of=("self",), no_key=True).filter(partner=partner, user=user):
        provider.user = None
        provider.is_active = False
        provider.save(update_fields=["user", "is_active"])
        availability_changed.send(Provider, provider_ids=(provider.pk,))
