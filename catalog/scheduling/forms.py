from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _

from .enums import Mode


class MoveForm(forms.Form):
    """The new start, as ISO 8601 with its offset."""

    slot = forms.CharField(error_messages={"required": _("请先选择一个新的时间。")})

    def clean_slot(self):
        try:
            starts_at = parse_datetime(self.cleaned_data["slot"])
        except ValueError:
            starts_at = None
        if starts_at is None or not is_aware(starts_at):
            raise forms.ValidationError(_("请先选择一个新的时间。"))
        return starts_at


class WeekForm(forms.Form):
    """Which week is looked at; anything that is no day means this one."""

    week = forms.CharField(required=False)

    def clean_week(self):
        try:
            return parse_date(self.cleaned_data["week"])
        except ValueError:
            return None


class ModeForm(forms.Form):
    """One of the ways a session could be held."""

    mode = forms.ChoiceField(
        label=_("方式"),
        error_messages={"required": _("请选择一种方式。"), "invalid_choice": _("这种方式现在不能选。")},
    )

    def __init__(self, *args: Any, modes: Sequence[Mode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].choices = [(mode.value, mode.label) for mode in modes]
