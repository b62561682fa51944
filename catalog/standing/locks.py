"""Row locks of standing. Order: providers first, as a booking does, then decisions."""

from django.db.models import Q

from catalog.catalogue.models import Product
from catalog.partner.models import Partner
from catalog.scheduling.locks import lock_providers
from catalog.scheduling.models import Provider

from .models import Withholding


def lock_givers(target: Product | Provider | Partner) -> None:
    """Lock everybody whose time a decision takes off: a booking that is just being made is waited for, and then seen."""
    if isinstance(target, Provider):
        whose = Q(pk=target.pk)
    elif isinstance(target, Partner):
        whose = Q(partner=target)
    else:
        whose = Q(services__product=target)
    lock_providers(sorted(set(Provider.objects.filter(whose).values_list("pk", flat=True))))


def locked_withholding(pk: int) -> Withholding:
    """Return a decision, locked and read after the lock."""
    return Withholding.objects.select_for_update(of=("self",)).get(pk=pk)
