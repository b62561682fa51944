"""For whom something to read, do or talk about is meant: the one list of age bands for the library, practices and the community.

Who may do what at which age is not decided here but in `families.age_rules`.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgeBand(TextChoices):
    """Ages are inclusive, in completed years."""

    CHILD = "8-11", _("8–11 岁")
    YOUNGER_TEEN = "12-14", _("12–14 岁")
    OLDER_TEEN = "15-18", _("15–18 岁")
    ADULT = "adult", _("家长")
    TEACHER = "teacher", _("老师")


def band_of(years: int) -> AgeBand:
    """Return the band of somebody of that age; under 8 reads with the youngest."""
    if years < 12:
        return AgeBand.CHILD
    if years < 15:
        return AgeBand.YOUNGER_TEEN
    return AgeBand.OLDER_TEEN if years <= 18 else AgeBand.ADULT
