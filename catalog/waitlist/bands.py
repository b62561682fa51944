"""How soon somebody needs a session: whoever knows says so, here. Until then all need it alike."""

from collections.abc import Callable

from marketplace.families.models import Child

from .enums import NeedBand
from .models import WaitlistEntry

NeedBandOf = Callable[[Child], int]


def _alike(child: Child) -> int:
    return NeedBand.ROUTINE


_rule: list[NeedBandOf] = [_alike]


def register_need_band(need_band_of: NeedBandOf) -> None:
    """Let a higher part say the band (a NeedBand) of a child; called from `AppConfig.ready()`. The last one counts.

    It is asked for every waiting child of a queue at once, so it has to answer from memory.
    """
    _rule[0] = need_band_of


def band_of(entry: WaitlistEntry) -> NeedBand:
    """Return an entry's band: the provider's word, else that of the child with the most need."""
    if entry.need_band is not None:
        return NeedBand(entry.need_band)
    return NeedBand(max((_rule[0](child) for child in entry.children.all()), default=NeedBand.ROUTINE))
