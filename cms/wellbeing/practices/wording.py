"""Before and after in plain words: what was said, never what it proves."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Change:
    """How strong a feeling was rated before and after, 0 to 10; None where nothing was said."""

    before: int | None
    after: int | None

    @property
    def is_whole(self) -> bool:
        """Whether both were said."""
        return self.before is not None and self.after is not None

    @property
    def text(self) -> str:
        """前 6，后 4; or the one that was said."""
        if self.before is not None and self.after is not None:
            return _("前 %(before)d，后 %(after)d") % {"before": self.before, "after": self.after}
        if self.before is not None:
            return _("前 %(before)d，后面没有打分") % {"before": self.before}
        if self.after is not None:
            return _("前面没有打分，后 %(after)d") % {"after": self.after}
        return _("没有打分")


def change_of(felt: Any) -> Change:
    """Return the change a run holds; what is not a whole number from 0 to 10 counts as not said."""
    felt = felt if isinstance(felt, dict) else {}
    return Change(_rating(felt.get("before")), _rating(felt.get("after")))


def _rating(value: Any) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= 10 else None


#: From how many runs on they are counted together.
ENOUGH = 3


def together(changes: Iterable[Change]) -> str:
    """Count what one's runs said, or say nothing for fewer than three; no sum, no trend, no promise."""
    pairs = [(each.before, each.after) for each in changes if each.before is not None and each.after is not None]
    if len(pairs) < ENOUGH:
        return ""
    return _("最近打过分的 %(all)d 次里：%(lower)d 次后面低一些，%(same)d 次一样，%(higher)d 次后面高一些。") % {
        "all": len(pairs),
        "lower": sum(after < before for before, after in pairs),
        "same": sum(after == before for before, after in pairs),
        "higher": sum(after > before for before, after in pairs),
    }
