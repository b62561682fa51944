from django import forms
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _


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
