"""Until when a booking may be cancelled, and what it costs: a policy of windows. Pure.

A policy belongs to the product; a booking carries the windows it was sold under, so that a later change never touches
what a family agreed to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_WINDOWS = 4
MAX_HOURS = 24 * 14
#: The entry that says what goes back of a missed session.
MISSED = "missed_percent"


@dataclass(frozen=True)
class Window:
    """Cancelled at least `hours` before the start, `percent` of the price goes back, less a fixed fee in fen."""

    hours: int
    percent: int
    fee_fen: int = 0

    @property
    def is_free(self) -> bool:
        """Nothing is kept."""
        return self.percent == 100 and self.fee_fen == 0

    def refund_fen(self, price_fen: int) -> int:
        """Return what goes back of a price: a fraction of a fen to the family, never below zero, never above the price."""
        return max(0, min(price_fen, -(-price_fen * self.percent // 100) - self.fee_fen))


#: What a provider's own cancellation, and ours, gives back.
WHOLE = Window(hours=0, percent=100)
#: What is left when every window has passed.
NOTHING = Window(hours=0, percent=0)


@dataclass(frozen=True)
class CancellationPolicy:
    """Windows from the earliest to the latest; after the last one nothing goes back.

    `missed_percent`: what of the price goes back when nobody came and nobody had cancelled.
    """

    windows: tuple[Window, ...]
    missed_percent: int = 0

    @classmethod
    def from_json(cls, windows: Sequence[dict[str, int]]) -> Self:
        """Read what a product or a booking keeps."""
        return cls(
            tuple(
                Window(each["hours"], each["percent"], each.get("fee_fen", 0)) for each in windows if MISSED not in each
            ),
            next((each[MISSED] for each in windows if MISSED in each), 0),
        )

    def as_json(self) -> list[dict[str, int]]:
        """Return what is kept."""
        kept = [{"hours": each.hours, "percent": each.percent, "fee_fen": each.fee_fen} for each in self.windows]
        return [*kept, {MISSED: self.missed_percent}] if self.missed_percent else kept

    @property
    def missed_window(self) -> Window:
        """What goes back of a session that was missed; the last window's fee is kept of it too."""
        return Window(0, self.missed_percent, self.windows[-1].fee_fen)

    def window_at(self, *, starts_at: datetime, now: datetime) -> Window:
        """Return the window in which a cancellation at `now` falls; `NOTHING` from the start on and after the last."""
        if now >= starts_at:
            return NOTHING
        return next((each for each in self.windows if now <= starts_at - timedelta(hours=each.hours)), NOTHING)

    @property
    def free_hours(self) -> int | None:
        """How many hours before the start cancelling stops being free; None where it always costs something."""
        return min((each.hours for each in self.windows if each.is_free), default=None)

    def free_until(self, *, starts_at: datetime) -> datetime | None:
        """Return the last moment at which cancelling costs nothing; None where it always costs something."""
        return None if self.free_hours is None else starts_at - timedelta(hours=self.free_hours)


def default_windows() -> list[dict[str, int]]:
    """Return the windows of a product that says nothing else: a day before all of it, later half."""
    return CancellationPolicy((Window(24, 100), Window(0, 50))).as_json()


def validate_windows(value: Any) -> None:
    """Refuse what is no policy: windows must come earlier first, and waiting must never pay."""
    try:
        policy = CancellationPolicy.from_json(value)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValidationError(_("取消规则的格式不对。")) from error
    windows = policy.windows
    if not 1 <= len(windows) <= MAX_WINDOWS or not all(_is_sane(each) for each in windows):
        raise ValidationError(_("取消规则的时间、比例或扣费不对。"))
    if any(later.hours >= earlier.hours for earlier, later in zip(windows, windows[1:], strict=False)):
        raise ValidationError(_("取消规则要从早到晚写。"))
    if not all(_costs_no_less(later, earlier) for earlier, later in zip(windows, windows[1:], strict=False)):
        raise ValidationError(_("离开始越近，退回的不能越多。"))
    most = windows[-1].percent if windows[-1].hours == 0 else 0
    if type(policy.missed_percent) is not int or not 0 <= policy.missed_percent <= most:
        raise ValidationError(_("没有来时退回的，不能比开始前取消时退回的更多。"))


def _is_sane(window: Window) -> bool:
    numbers = (window.hours, window.percent, window.fee_fen)
    if not all(type(number) is int for number in numbers):
        return False
    return 0 <= window.hours <= MAX_HOURS and 0 <= window.percent <= 100 and 0 <= window.fee_fen <= 1_000_000


def _costs_no_less(later: Window, earlier: Window) -> bool:
    return later.percent <= earlier.percent and (later.fee_fen >= earlier.fee_fen or later.percent == 0)
