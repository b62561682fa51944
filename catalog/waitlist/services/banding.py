"""Saying how soon somebody needs a session."""

from django.db import transaction

from catalog.scheduling.models import Provider
from catalog.scheduling.rules import may_act_for
from marketplace.accounts.models import User

from ..enums import NeedBand
from ..errors import EntryOver, NotYourEntry
from ..locks import locked_entry
from ..models import WaitlistEntry


@transaction.atomic(durable=True)
def set_need_band(*, entry: WaitlistEntry, band: NeedBand | int | None, set_by: User) -> WaitlistEntry:
    """Set an entry's band; None leaves it to the rule again. Only who may act for a provider that could see them may.

    Raises: NotYourEntry, EntryOver.
    """
    providers = Provider.objects.filter(services=entry.service_id).select_related("partner")
    if not any(may_act_for(set_by, provider) for provider in providers):
        raise NotYourEntry
    locked = locked_entry(entry.pk)
    if not locked.is_live:
        raise EntryOver
    locked.need_band = None if band is None else NeedBand(band)
    locked.save(update_fields=["need_band"])
    return locked
