"""The measures that are asked, and for whom. A younger child, or an adult, is asked nothing."""

from .gad7 import GAD7
from .own import FACES, GOAL
from .shapes import Choice, Instrument, Item, Reliability

INSTRUMENTS: tuple[Instrument, ...] = (GOAL, GAD7, FACES)
BY_KEY = {instrument.key: instrument for instrument in INSTRUMENTS}
YOUNGEST = min(instrument.age_from for instrument in INSTRUMENTS)
OLDEST = max(instrument.age_to for instrument in INSTRUMENTS)


def instruments_for(age: int) -> list[Instrument]:
    """Return what somebody of this age is asked, in the order of asking."""
    return [instrument for instrument in INSTRUMENTS if instrument.fits(age)]


__all__ = [
    "BY_KEY",
    "FACES",
    "GAD7",
    "GOAL",
    "INSTRUMENTS",
    "OLDEST",
    "YOUNGEST",
    "Choice",
    "Instrument",
    "Item",
    "Reliability",
    "instruments_for",
]
