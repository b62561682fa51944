"""Something is withheld: look at once whose sessions it concerns; the beat looks again for whoever was missed."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from catalog.standing.signals import standing_changed


@receiver(standing_changed)
def send_for_rerouting(sender: Any, **kwargs: Any) -> None:
    from .tasks import reroute_families

    transaction.on_commit(lambda: reroute_families.apply_async(retry=False), robust=True)
