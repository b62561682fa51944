"""What people of an association fill in."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.standing.checklist import POINTS
from catalog.standing.enums import Answer, Stance

_PUBLIC = _("大家都会看到。请不要写任何来访者的信息。")


def _words(label: Any, *, rows: int = 4, required: bool = True, help_text: Any = _PUBLIC) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=1000,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReasonsForm(forms.Form):
    """Why something is stopped, or no longer is."""

    reasons = _words(_("理由"), rows=5)


class EntryForm(forms.Form):
    """A name for the blacklist."""

    name = forms.CharField(label=_("名称或姓名"), max_length=80)
    number = forms.CharField(
        label=_("信用代码或登记编号"),
        help_text=_("有编号才能确定是同一家、同一个人。"),
        max_length=60,
        required=False,
    )
    reasons = _words(_("理由"), rows=3)


class FileForm(forms.Form):
    """A table of names."""

    file = forms.FileField(label=_("CSV 文件"), help_text=_("第一行写：名称,编号,理由,日期。用 UTF-8 编码。"))


class AssessmentForm(forms.Form):
    """An answer to every point of the checklist."""

    remarks = _words(_("说明"), rows=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = {
            point.key: forms.ChoiceField(label=point.words, choices=Answer.choices, widget=forms.RadioSelect)
            for point in POINTS
        }
        self.fields = points | self.fields  # type: ignore[operator]

    def answers(self) -> dict[str, str]:
        """Return the answers by the key of their point."""
        return {point.key: self.cleaned_data[point.key] for point in POINTS}


class TrainingForm(forms.Form):
    """A training that was held."""

    title = forms.CharField(label=_("题目"), max_length=80)
    held_on = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}))
    hours = forms.IntegerField(label=_("学时"), min_value=1, max_value=200)

    def clean_held_on(self) -> Any:
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError(_("培训办完以后再登记。"))
        return held_on


class SayForm(forms.Form):
    """What an association says to a draft of the standards."""

    stance = forms.ChoiceField(label=_("意见"), choices=Stance.choices, widget=forms.RadioSelect)
    words = _words(_("说明"))
