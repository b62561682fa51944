"""The birth date a visitor states at sign-up, kept in the session for a day.

It is asked plainly and confirmed before anything follows from it. Once it has had a consequence, an older age does not
undo it, and who tries date after date is taken at the youngest. Slowed, not accused; help stays open all the while.
"""

import time
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from .age_rules import AgeRules, rules_on

_KEY = "stated_age"
_REMEMBERED_FOR = timedelta(days=1)
#: How many different dates may be stated before the youngest counts.
_MOST_DATES = 3


class StatedAge:
    """The birth date as stated so far. `born_on` is None until one is stated; `is_settled` once it is confirmed."""

    def __init__(self, session: Any) -> None:
        self._session = session
        kept = session.get(_KEY) or {}
        if time.time() - kept.get("since", 0) > _REMEMBERED_FOR.total_seconds():
            kept = {}
        self._dates: list[str] = kept.get("dates", [])
        self._since: float = kept.get("since", time.time())
        self.is_settled: bool = kept.get("settled", False)
        self.is_held: bool = kept.get("held", False)

    @property
    def born_on(self) -> date | None:
        """The date that counts."""
        return date.fromisoformat(self._dates[-1]) if self._dates else None

    @property
    def rules(self) -> AgeRules | None:
        """The age rules that follow from it today."""
        return rules_on(self.born_on, timezone.localdate()) if self.born_on else None

    def state(self, born_on: date) -> None:
        """Take a date as stated, unless a younger one has settled it."""
        written = born_on.isoformat()
        if self.is_settled and not self._may_change_to(born_on):
            self.is_held = written != self._dates[-1]
        else:
            self._dates = [*(known for known in self._dates if known != written), written]
            self.is_settled = self.is_held = False
            if len(self._dates) > _MOST_DATES:
                self._dates = [*self._dates, max(self._dates)]
                self.is_settled = self.is_held = True
        self._keep()

    def confirm(self) -> None:
        """Let what follows from the date follow."""
        self.is_settled = bool(self._dates)
        self._keep()

    def forget(self) -> None:
        """Forget it all: the account is made."""
        self._session.pop(_KEY, None)

    def _may_change_to(self, born_on: date) -> bool:
        return bool(self.rules and self.rules.decides_alone) or born_on.isoformat() > self._dates[-1]

    def _keep(self) -> None:
        self._session[_KEY] = {
            "dates": self._dates,
            "since": self._since,
            "settled": self.is_settled,
            "held": self.is_held,
        }
