"""Who gives no care at an organisation any more keeps no calendar there."""

from typing import Any

from django.dispatch import receiver

from catalog.partner.models import Partner
from catalog.partner.signals import gives_no_care
from marketplace.accounts.models import User

from .services.teams import unlink_provider


@receiver(gives_no_care)
def note_gives_no_care(sender: Any, partner: Partner, user: User, **kwargs: Any) -> None:
    unlink_provider(partner=partner, user=user)
