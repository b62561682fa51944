"""One pass over every class, in small committed batches. A pass that was cut off is taken up where it stopped."""

import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from .. import locks
from ..models import RetentionLine, RetentionRun
from ..registry import RetentionClass, registered
from ..selectors import held_subjects
from .reports import begun, expired_count, oldest

logger = logging.getLogger(__name__)

#: Rows of one transaction: few enough that nobody waits for their locks.
BATCH = 500


class NothingErased(RuntimeError):
    """A class was handed rows and dealt with none: going on would never end."""


def apply_retention(*, now: datetime | None = None) -> RetentionRun:
    """Erase what is over at `now`, class by class, and return the report.

    An unfinished run is taken up first, judged by its own moment; what became over since is left to the next run.
    Several workers may do this at once: they share the batches of one run. Opens transactions of its own.
    """
    run = _open_run(now or timezone.now())
    for retention_class in registered():
        _apply(run, retention_class)
    return _close_run(run)


def _open_run(now: datetime) -> RetentionRun:
    try:
        with transaction.atomic():
            return RetentionRun.objects.create(due_at=now, started_at=timezone.now())
    except IntegrityError:
        return RetentionRun.objects.get(finished_at=None)


def _apply(run: RetentionRun, retention_class: RetentionClass) -> None:
    error, left = "", None
    try:
        line = _line_of(run, retention_class)
        if line.finished_at:
            return
        while line.found and _erase_batch(line.pk, run.due_at, retention_class):
            pass
        left = oldest(retention_class, begun(retention_class, run.due_at))
    except Exception as failure:  # noqa: BLE001 - one class that fails must not keep the others from their limits
        # By its type alone: the text may repeat what a row holds.
        error = type(failure).__name__
        logger.error("retention of %s stopped: %s", retention_class.key, error)
    _close_line(run, retention_class.key, left, error)


def _line_of(run: RetentionRun, retention_class: RetentionClass) -> RetentionLine:
    # Counting looks through a whole class: a line that is there already needs no count.
    if line := run.lines.filter(key=retention_class.key).first():
        return line
    found = expired_count(retention_class, run.due_at)
    return run.lines.get_or_create(key=retention_class.key, defaults={"found": found})[0]


@transaction.atomic(durable=True)
def _erase_batch(line_id: int, now: datetime, retention_class: RetentionClass) -> int:
    """Erase up to BATCH rows and return how many; 0 when nothing is left to erase."""
    locks.lock_erasing()
    rows = retention_class.erasable(now, held_subjects())
    chosen = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not chosen:
        return 0
    erased = retention_class.erase(rows.model._base_manager.filter(pk__in=chosen))
    if not erased:
        raise NothingErased(retention_class.key)
    RetentionLine.objects.filter(pk=line_id).update(erased=F("erased") + erased)
    return erased


@transaction.atomic(durable=True)
def _close_line(run: RetentionRun, key: str, oldest_left_at: datetime | None, error: str) -> None:
    line, _is_new = run.lines.get_or_create(key=key)
    run.lines.filter(pk=line.pk).update(
        held_back=F("found") - F("erased"), oldest_left_at=oldest_left_at, error=error, finished_at=timezone.now()
    )


@transaction.atomic(durable=True)
def _close_run(run: RetentionRun) -> RetentionRun:
    run = locks.locked_run(run.pk)
    if not run.finished_at:
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
    return run
