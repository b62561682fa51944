"""Input of our staff."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.duty.selectors import people_for_duty
from marketplace.accounts.enums import Duty


class AnswerForm(forms.Form):
    """The answer to a family's question."""

    answer = forms.CharField(label=_("回复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class _Moment(forms.DateTimeInput):
    """A day and time, picked where the browser can."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ShiftForm(forms.Form):
    """Who is on duty, for what, from when to when."""

    user = forms.ModelChoiceField(label=_("谁"), queryset=None, empty_label=_("请选择"))
    duty = forms.ChoiceField(label=_("职责"), choices=Duty.choices)
    begins_at = forms.DateTimeField(label=_("从"), widget=_Moment())
    ends_at = forms.DateTimeField(label=_("到"), widget=_Moment(), help_text=_("最长 24 小时。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people_for_duty()

    def clean_duty(self) -> Duty:
        return Duty(self.cleaned_data["duty"])
