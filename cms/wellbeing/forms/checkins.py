"""When somebody wants to be asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import CheckInPlan

MOST_TIMES = 4
_DAYS = [
    (0, _("周一")),
    (1, _("周二")),
    (2, _("周三")),
    (3, _("周四")),
    (4, _("周五")),
    (5, _("周六")),
    (6, _("周日")),
]


def _time(label: Any, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=required, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class CheckInForm(forms.Form):
    """Up to four clock times, the days, and when it is to be quiet."""

    time_1 = _time(_("第一次"))
    time_2 = _time(_("第二次"), required=False)
    time_3 = _time(_("第三次"), required=False)
    time_4 = _time(_("第四次"), required=False)
    days = forms.TypedMultipleChoiceField(
        label=_("星期几"),
        choices=_DAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一天。")},
    )
    quiet_from = _time(_("安静时间从"))
    quiet_until = _time(_("到第二天"))
    keeps_lessons = forms.BooleanField(label=_("周一到周五上课的时候不问"), required=False)
    lessons_from = _time(_("上课从"))
    midday_from = _time(_("午休从"))
    midday_until = _time(_("午休到"))
    lessons_until = _time(_("放学"))

    def plan(self) -> dict[str, Any]:
        """Return what `start_plan` takes."""
        asked = dict(self.cleaned_data)
        times = [asked.pop(f"time_{number}") for number in range(1, MOST_TIMES + 1)]
        return asked | {"times": [each for each in times if each is not None]}


def initial_of(plan: CheckInPlan) -> dict[str, Any]:
    """Return a plan as the form shows it."""
    names = "days quiet_from quiet_until keeps_lessons lessons_from midday_from midday_until lessons_until".split()
    times = {f"time_{number}": each for number, each in enumerate(plan.times, start=1)}
    return {name: getattr(plan, name) for name in names} | times
