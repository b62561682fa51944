"""What a guardian chooses inside the age rules: only what is allowed is offered."""

from datetime import time
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core.formatting import yuan_text

from .age_rules import AgeRules
from .minor_mode import EARLIEST_NIGHT, LATEST_MORNING, LEAST_MINUTES
from .models import GuardianLimits

_QUARTER = 15
_ONCE_FEN = (0, 20_00, 50_00, 100_00)
_MONTH_FEN = (0, 50_00, 100_00, 200_00, 400_00)
_FIELDS = ("daily_minutes", "night_from", "night_until", "self_pay_once_fen", "self_pay_month_fen")


class LimitsForm(forms.Form):
    """Minutes a day, the night, pocket money; left empty, the rule of the age holds."""

    daily_minutes = forms.TypedChoiceField(label=_("每天最多用多久"), coerce=int, empty_value=None, required=False)
    night_from = forms.TypedChoiceField(
        label=_("晚上几点开始休息"), coerce=time.fromisoformat, empty_value=None, required=False
    )
    night_until = forms.TypedChoiceField(
        label=_("早上几点可以再来"), coerce=time.fromisoformat, empty_value=None, required=False
    )
    self_pay_once_fen = forms.TypedChoiceField(
        label=_("自己一次最多付多少"), coerce=int, empty_value=None, required=False
    )
    self_pay_month_fen = forms.TypedChoiceField(
        label=_("自己一个月最多付多少"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, rules: AgeRules, chosen: GuardianLimits | None, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(chosen, name) for name in _FIELDS} if chosen else {}
        super().__init__(*args, **kwargs)
        minutes, night = rules.daily_minutes or 0, rules.night or (time(0), time(0))
        shorter = [(m, _minutes(m)) for m in range(minutes - _QUARTER, LEAST_MINUTES - 1, -_QUARTER)]
        self._offer("daily_minutes", _minutes(minutes), shorter)
        earlier, later = _half_hours(EARLIEST_NIGHT, night[0]), _half_hours(night[1], LATEST_MORNING)
        self._offer("night_from", earlier[-1], [(clock, clock) for clock in reversed(earlier[:-1])])
        self._offer("night_until", later[0], [(clock, clock) for clock in later[1:]])
        self._offer_money("self_pay_once_fen", _ONCE_FEN, rules.self_pay.once_fen, rules.self_pay_most.once_fen)
        self._offer_money("self_pay_month_fen", _MONTH_FEN, rules.self_pay.month_fen, rules.self_pay_most.month_fen)

    def _offer(self, name: str, rule: str, others: list[tuple[Any, str]]) -> None:
        """Offer the rule of the age, which follows the birthdays, and what else is allowed."""
        by_age = gettext("按年龄的规定（%(rule)s）") % {"rule": rule}
        cast(forms.ChoiceField, self.fields[name]).choices = [("", by_age), *others]

    def _offer_money(self, name: str, sums: tuple[int, ...], rule: int | None, most: int | None) -> None:
        """Offer sums up to the age's limit; where there is nothing to choose, no field."""
        if not most:
            del self.fields[name]
            return
        self._offer(name, yuan_text(rule or 0), [(fen, yuan_text(fen)) for fen in sums if fen <= most and fen != rule])


def _minutes(minutes: int) -> str:
    return gettext("%(minutes)s 分钟") % {"minutes": minutes}


def _half_hours(first: time, last: time) -> list[str]:
    """Return the times from one to another, both included, half an hour apart: 21:30, 22:00."""
    spans = range(first.hour * 60 + first.minute, last.hour * 60 + last.minute + 1, 30)
    return [f"{minutes // 60:02d}:{minutes % 60:02d}" for minutes in spans]
