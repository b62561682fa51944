"""Whether a model may be served now, and by which approval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from .models import Approval
from .registry import RegisteredModel, registered_model, registered_models

#: A process asks the database again after so long: a withdrawn model serves nobody a minute later.
ASKED_AGAIN_SECONDS = 30.0

_known: dict[tuple[str, str], tuple[float, str]] = {}
_lock = Lock()


def approval_number(slug: str) -> str:
    """Return the number under which the version in service is approved, "" where it is not. Remembered for a moment."""
    model = registered_model(slug)
    if model is None or settings.MODEL_TRIAL_NUMBER:
        return settings.MODEL_TRIAL_NUMBER if model else ""
    key = (slug, model.version())
    with _lock:
        asked_at, number = _known.get(key, (float("-inf"), ""))
    if monotonic() - asked_at < ASKED_AGAIN_SECONDS:
        return number
    standing = standing_approval(slug, key[1])
    number = standing.number if standing else ""
    with _lock:
        _known[key] = (monotonic(), number)
    return number


def may_serve(slug: str) -> bool:
    """Return whether a model may be asked anything about anybody."""
    return bool(approval_number(slug))


def forget_known() -> None:
    """Ask the database the next time: an approval was written down or withdrawn in this process."""
    with _lock:
        _known.clear()


def standing_approval(slug: str, version: str, on: date | None = None) -> Approval | None:
    """Return the newest approval of a version that holds on that day (Shanghai's today)."""
    on = on or timezone.localdate()
    return (
        Approval.objects.filter(model=slug, version=version, withdrawn_at=None, approved_on__lte=on)
        .filter(Q(valid_until_on=None) | Q(valid_until_on__gte=on))
        .order_by("-approved_on", "-pk")
        .first()
    )


@dataclass(frozen=True)
class Entry:
    """A model with all approvals it ever had, the newest first; `standing` is the one it is served under."""

    model: RegisteredModel
    version: str
    standing: Approval | None
    approvals: Sequence[Approval]

    @property
    def is_on_trial(self) -> bool:
        """Served without a board's number, because this is no real house (demo, tests)."""
        return self.standing is None and bool(settings.MODEL_TRIAL_NUMBER)

    @property
    def is_served(self) -> bool:
        return self.standing is not None or self.is_on_trial


def register_entries(on: date | None = None) -> list[Entry]:
    """Return the register: every model of the house. One query."""
    on = on or timezone.localdate()
    approvals = list(Approval.objects.order_by("-approved_on", "-pk"))
    return [
        _entry(model, [each for each in approvals if each.model == model.slug], on) for model in registered_models()
    ]


def _entry(model: RegisteredModel, approvals: Sequence[Approval], on: date) -> Entry:
    version = model.version()
    standing = next((each for each in approvals if each.version == version and _holds(each, on)), None)
    return Entry(model, version, standing, approvals)


def _holds(approval: Approval, on: date) -> bool:
    lasts = approval.valid_until_on is None or approval.valid_until_on >= on
    return approval.withdrawn_at is None and approval.approved_on <= on and lasts
