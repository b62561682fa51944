"""What a practice is made of."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core.age_bands import AgeBand
from marketplace.core.needs import Need

Words = str | Promise

YOUNG = (AgeBand.CHILD, AgeBand.YOUNGER_TEEN, AgeBand.OLDER_TEEN)
TEENS = (AgeBand.YOUNGER_TEEN, AgeBand.OLDER_TEEN)


class MethodFamily(TextChoices):
    """The four families of skills of the skills library (AI-20)."""

    MINDFULNESS = "mindfulness", _("觉察当下")
    DISTRESS_TOLERANCE = "distress_tolerance", _("难受时先稳住")
    EMOTION_REGULATION = "emotion_regulation", _("照顾情绪")
    INTERPERSONAL = "interpersonal", _("和人相处")


@dataclass(frozen=True, slots=True)
class Source:
    """A publication a skill was adapted from; titles stay in their own language."""

    title: str
    publisher: str
    year: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the written guide. `seconds` is how long the browser stays with it where it is a timed one."""

    title: Words
    text: Words
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Blank:
    """One thing to write. `most` is in characters; `rows` of the box."""

    key: str
    label: Words
    hint: Words = ""
    rows: int = 2
    most: int = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A skill that can be practised in the browser, and read as a guide where no script runs.

    `scale` names the feeling that may be rated from 0 (`least`) to 10 (`utmost`) before and after. `picture` is a file of
    static/wellbeing/pictures; `module` the script of static/wellbeing/js; `stage` the template of its own part. `rated`: blanks
    that carry a rating before and after of their own.
    `reviewed_by` stays empty until a named professional has read it.
    """

    slug: str
    title: Words
    lead: Words
    minutes: int
    tone: str
    picture: str
    module: str
    stage: str
    needs: tuple[Need, ...]
    families: tuple[MethodFamily, ...]
    sources: tuple[Source, ...]
    steps: tuple[Step, ...]
    good_to_know: Words
    scale: Words
    least: Words
    utmost: Words
    bands: tuple[AgeBand, ...] = YOUNG
    blanks: tuple[Blank, ...] = ()
    rated: tuple[str, ...] = ()
    reviewed_by: str = ""

    @property
    def family_names(self) -> list[Words]:
        """The names of its families of skills."""
        return [family.label for family in self.families]

    @property
    def ages(self) -> str:
        """From which age on, for a card: 8–18."""
        return "8–18" if AgeBand.CHILD in self.bands else "12–18"
