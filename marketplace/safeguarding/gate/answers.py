"""What somebody is told after the gate has read their text: kindly, without a lecture, without a word of what it thinks of them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.safeguarding.enums import Kind, Level, Source

from .grading import Grade

#: Texts that others would read: they wait for a person of ours.
READ_BY_OTHERS = frozenset({Source.POST, Source.REPLY, Source.REVIEW, Source.SUBMISSION})

_OF_A_FRIEND = _("谢谢你替 TA 着急。先让 TA 身边有一个人，再告诉一个大人；打电话问问怎么帮，也可以。")
_REPLIES: dict[Kind, str | Promise] = {
    Kind.SELF_HARM: _("谢谢你说出来。这么难的时候，不用一个人撑着：现在就可以打一个电话，有人听。"),
    Kind.HARM_BY_OTHERS: _("谢谢你说出来。这不是你的错，没有人可以这样对你。有人可以帮你把它停下来。"),
    Kind.ABUSE: _("谢谢你说出来，这需要很大的勇气。这不是你的错。有大人会站在你这边。"),
    Kind.HARM_TO_OTHERS: _("听得出你受够了。先离开那里一会儿，找一个人把这股气说出来，现在就可以打电话。"),
    Kind.EATING: _("谢谢你说出来。身体这样撑着很辛苦，有人可以陪你慢慢来，不评判你。"),
}
_NEAR = _("听起来很不容易。不用等到更难的时候，想找人说说，现在就可以打。")
_SAD = _("听起来不容易。谢谢你说出来，慢慢来。")


@dataclass(frozen=True)
class Answer:
    """level and kind of what was found; hold: a person of ours looks before others read it; card: the numbers to call
    are shown at once; reply: one kind sentence for the author, "" when nothing need be said."""

    level: Level
    kind: Kind
    hold: bool
    card: bool
    reply: str


QUIET = Answer(Level.NONE, Kind.EVERYDAY, hold=False, card=False, reply="")


def answer_to(grade: Grade, source: Source) -> Answer:
    """Return what follows from a grade for a text of that source."""
    if grade.level < Level.CONCERN:
        return Answer(grade.level, grade.kind, hold=False, card=grade.is_near, reply=_gentle(grade, source))
    reply = _OF_A_FRIEND if grade.of_somebody_else else _REPLIES[grade.kind]
    return Answer(grade.level, grade.kind, hold=source in READ_BY_OTHERS, card=True, reply=str(reply))


def _gentle(grade: Grade, source: Source) -> str:
    """Somebody who is sad and writes for others to read hears a kind word; a search box does not comment."""
    if grade.is_near:
        return str(_NEAR)
    return str(_SAD) if grade.level == Level.DISTRESS and source in {Source.POST, Source.DIARY, Source.LETTER} else ""


def unread(source: Source) -> Answer:
    """Return the answer to a text that could not be read: held where others would read it, and the numbers shown there."""
    held = source in READ_BY_OTHERS
    return Answer(Level.NONE, Kind.EVERYDAY, hold=held, card=held, reply="")
