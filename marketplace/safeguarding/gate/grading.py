"""The gate's answer for one text: what it tells of, how urgent, and by which signs. Pure: no database, nothing kept."""

from dataclasses import dataclass

from marketplace.safeguarding.enums import DANGERS, Kind, Level

from .features import feature_names
from .model import Model, Opinion, the_model
from .normalising import fold, windows
from .phrases import Reading, kinds_of, read


@dataclass(frozen=True, slots=True)
class Grade:
    """kind and level; score: how sure it is of a danger, 0 to 1; signs: ids of curated phrases, never words;
    of_somebody_else: the writer seems to worry about another person; is_near: no danger, but so close to one that
    the writer is shown the numbers to call, and nobody is asked to look."""

    kind: Kind
    level: Level
    score: float
    signs: tuple[str, ...] = ()
    of_somebody_else: bool = False
    is_near: bool = False

    @property
    def is_danger(self) -> bool:
        """Whether a person should look."""
        return self.level >= Level.CONCERN


def grade(text: str, model: Model | None = None) -> Grade:
    """Grade a text of any length; of a long one, its most urgent window."""
    parts = [_grade_window(part, model or the_model()) for part in windows(text)]
    return max(parts, key=lambda part: (part.level, part.score))


def _grade_window(text: str, model: Model) -> Grade:
    folded = fold(text)
    if not folded.compact:
        return Grade(Kind.EVERYDAY, Level.NONE, 0.0)
    reading = read(folded)
    opinion = model.opinion(reading, feature_names(folded, reading.context, reading.signs))
    thresholds = model.card["thresholds"]
    level = _level(reading, opinion, thresholds)
    return Grade(
        kind=_kind(level, reading, opinion),
        level=level,
        score=round(opinion.danger, 4),
        signs=tuple(rule.id for rule in reading.meant),
        of_somebody_else=reading.context.of_somebody_else,
        is_near=level == Level.DISTRESS and opinion.danger >= thresholds["gentle"],
    )


def _level(reading: Reading, opinion: Opinion, thresholds: dict[str, float]) -> Level:
    """An urgent phrase that is meant is a danger whatever the model says; else the model's threshold decides."""
    sure = reading.level == Level.URGENT and not reading.context.quoted_work and not reading.context.supporting
    if opinion.danger >= thresholds["danger"] or sure:
        return Level.URGENT if sure or opinion.urgent >= thresholds["urgent"] else Level.CONCERN
    return Level.DISTRESS if opinion.kinds[Kind.DISTRESS] > opinion.kinds[Kind.EVERYDAY] else Level.NONE


def _kind(level: Level, reading: Reading, opinion: Opinion) -> Kind:
    if level < Level.CONCERN:
        return Kind.DISTRESS if level == Level.DISTRESS else Kind.EVERYDAY
    likely = max(DANGERS, key=lambda kind: opinion.kinds[kind])
    named = kinds_of(reading.meant)
    return Kind(named[0]) if named and opinion.kinds[Kind(named[0])] * 3 > opinion.kinds[likely] else likely
