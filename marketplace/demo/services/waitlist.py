"""Demo families who wait for a time: one for an evening, one for a Sunday, one for whatever comes first."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from catalog.scheduling.models import HealthcareService
from catalog.waitlist.enums import SPANS, NeedBand, PartOfDay
from catalog.waitlist.models import WaitlistEntry
from catalog.waitlist.services import join_waitlist, set_need_band
from catalog.waitlist.services.joining import Preference
from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..keys import product_code, stable_id


@dataclass(frozen=True)
class _Waits:
    """Somebody who joined so many days ago."""

    person: str
    child: str
    product: str
    days: int
    preference: Preference
    within_days: int | None = None


_MANAGER = "wen"
_EVENING = SPANS[PartOfDay.EVENING]
_WAITING = (
    _Waits("chen", "an-an", "zhou-lan-talk", 12, Preference(["in_person"], [6], *_EVENING)),
    _Waits("lin", "xiao-zhou", "zhou-lan-talk", 9, Preference(["in_person"], [0, 6], *_EVENING)),
    _Waits("xiao-he-self", "xiao-he", "luo-jia-yi-talk", 3, Preference(), within_days=4),
)


def make_waitlist() -> bool:
    """Let the demo's families wait, once; return whether any joined."""
    people = [stable_id("user", waits.person) for waits in _WAITING]
    if WaitlistEntry.objects.filter(joined_by__public_id__in=people).exists():
        return False
    entries = [_join(waits) for waits in _WAITING]
    set_need_band(entry=entries[1], band=NeedBand.SOON, set_by=User.objects.get(public_id=stable_id("user", _MANAGER)))
    return True


def _join(waits: _Waits) -> WaitlistEntry:
    now = timezone.now()
    return join_waitlist(
        service=HealthcareService.objects.select_related("product").get(product__upc=product_code(waits.product)),
        joined_by=User.objects.get(public_id=stable_id("user", waits.person)),
        children=[Child.objects.get(public_id=stable_id("child", waits.child))],
        preference=waits.preference,
        needed_by=timezone.localdate(now) + timedelta(days=waits.within_days) if waits.within_days else None,
        now=now - timedelta(days=waits.days),
    )
