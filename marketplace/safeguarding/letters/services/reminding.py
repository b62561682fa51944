"""Keeping the promise: who answers is told at 24 and 40 hours, the leads at 48. Each mark once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User

from .. import clocks, locks, offices
from ..enums import EventKind, Reminder
from ..models import Letter, LetterThread, ReminderSent
from ..selectors import letters_waiting_since
from .telling import add_event, key_of, tell_staff


def watch_clocks(*, now: datetime | None = None) -> int:
    """Remind of letters that wait; return how many reminders were raised. A transaction for each letter."""
    now = now or timezone.now()
    waiting = letters_waiting_since(now, hours=Reminder.FIRST)
    return sum(_watch(letter, now) for letter in waiting)


@transaction.atomic(durable=True)
def _watch(letter: Letter, now: datetime) -> int:
    thread = locks.locked_thread(letter.thread.public_id)
    still_waits = thread.letters.filter(pk=letter.pk, answered_at=None, answer_by__isnull=False).exists()
    if not still_waits:
        return 0
    return sum(_remind(thread, letter, mark, now) for mark in clocks.reminders_due(letter.sent_at, now))


def _remind(thread: LetterThread, letter: Letter, mark: Reminder, now: datetime) -> bool:
    _row, is_new = ReminderSent.objects.get_or_create(letter=letter, hours=mark, defaults={"told_at": now})
    if is_new:
        add_event(thread, EventKind.REMINDED, text=str(mark.label), at=now)
        tell_staff(_whom(thread, mark), thread, key=key_of(letter.public_id, str(mark)), body=_body(mark))
    return is_new


def _whom(thread: LetterThread, mark: Reminder) -> list[User]:
    """Whoever has the thread, else everybody who answers there; past the promise the leads as well."""
    people = [thread.handler] if thread.handler else offices.answerers(thread.office)
    if mark is Reminder.MISSED:
        people = [*people, *(lead for lead in offices.leads(thread.office) if lead not in people)]
    return people


def _body(mark: Reminder) -> str:
    if mark is Reminder.MISSED:
        return _("有一封信过了 48 小时还没有回")
    return _("有一封信等了 %(hours)s 小时了，48 小时内要回") % {"hours": int(mark)}
