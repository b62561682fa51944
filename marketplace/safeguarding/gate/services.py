"""One look at a text, for everybody who lets people write: what it tells of, and whom it must reach."""

import logging

from django.db import transaction

from marketplace.accounts.models import User
from marketplace.families.models import Child
from marketplace.safeguarding.enums import Level, Source

from ..concerns.services import open_concern
from .answers import QUIET, Answer, answer_to, unread
from .grading import Grade, grade
from .model import version
from .models import Screening

logger = logging.getLogger(__name__)


def screen(
    *, text: str, source: Source, ref: str = "", author: User | None = None, child: Child | None = None
) -> Answer:
    """Read a text once, in the caller's transaction, and return what its author is shown and whether it is held.

    `ref` is the public id of the thing the text belongs to; `child` the one whose account or case it is. From CONCERN on
    a screening without words is kept and a concern opened, unless nobody could be helped by it (see `_reaches_duty`).
    Never raises for a failure of its own: whatever goes wrong, help is shown, and what others would read is held.
    """
    if not text.strip():
        return QUIET
    try:
        given = grade(text)
    except Exception as error:  # noqa: BLE001 - a gate that fails must neither lose a text nor let one through unread
        logger.error("gate failed on a %s: %s", source, type(error).__name__)
        return unread(source)
    answer = answer_to(given, source)
    if given.is_danger and _reaches_duty(given, source, author):
        _pass_on(given, answer, source=source, ref=ref, author=author, child=child)
    return answer


def _reaches_duty(given: Grade, source: Source, author: User | None) -> bool:
    """Whether a person on duty is asked to look.

    Of a search no word is kept, and a stranger's leads to nobody. Only where somebody signed in seems to be in danger
    now does duty hear that, and not what was looked for (docs/adr, on the gate).
    """
    return source is not Source.SEARCH or (author is not None and given.level == Level.URGENT)


def _pass_on(
    given: Grade, answer: Answer, *, source: Source, ref: str, author: User | None, child: Child | None
) -> None:
    try:
        with transaction.atomic():
            Screening.objects.create(
                source=source,
                ref=ref,
                kind=given.kind,
                level=given.level,
                score=given.score,
                signs=list(given.signs),
                was_held=answer.hold,
                model_version=version(),
            )
    except Exception as error:  # noqa: BLE001 - a count that fails must not stop the alarm
        logger.error("screening of a %s not kept: %s", source, type(error).__name__)
    try:
        with transaction.atomic():
            open_concern(kind=given.kind, level=given.level, source=source, ref=ref, author=author, child=child)
    except Exception as error:  # noqa: BLE001 - the author sees the numbers and the text is held whatever happens here
        logger.critical("concern for a %s not opened: %s", source, type(error).__name__)
