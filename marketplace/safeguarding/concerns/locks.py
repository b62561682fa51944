"""Row locks of concerns."""

from uuid import UUID

from django.db.models import QuerySet

from .models import Concern, Unsealing


def locked_concern(public_id: UUID) -> Concern | None:
    """Return a concern, locked and read after the lock; None where there is none."""
    return _locked().filter(public_id=public_id, erased_at=None).first()


def locked_open_concern(*, mark: str, kind: str, is_drill: bool) -> Concern | None:
    """Return the open concern of a person and a kind, locked; None where there is none."""
    if not mark:
        return None
    return _locked().filter(mark=mark, kind=kind, is_drill=is_drill, closed_at=None).first()


def claimed_concern(pk: int) -> Concern | None:
    """Return an open concern that nobody has acknowledged, locked; None where another one holds it or it is over."""
    free = Concern.objects.select_for_update(of=("self",), skip_locked=True)
    return free.filter(pk=pk, closed_at=None, acknowledged_at=None).first()


def locked_unsealing(public_id: UUID) -> Unsealing | None:
    """Return a request to open an identity, locked."""
    return Unsealing.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()


def _locked() -> "QuerySet[Concern]":
    return Concern.objects.select_for_update(of=("self",))
