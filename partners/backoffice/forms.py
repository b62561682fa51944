"""Input of our staff."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.consultations.feedback.enums import WordsRefusal
from marketplace.accounts.duty.selectors import people_for_duty
from marketplace.accounts.enums import Duty
from marketplace.consent.enums import DataItem, ReviewOutcome
from marketplace.families.enums import EndingEvidence, EndingOutcome


class AnswerForm(forms.Form):
    """The answer to a family's question."""

    answer = forms.CharField(label=_("回复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class WordsForm(forms.Form):
    """Why words about a session are not shown."""

    refusal = forms.ChoiceField(
        label=_("不公开的原因（作者会看到）"),
        choices=[("", _("请选择")), *WordsRefusal.choices],
        required=False,
        widget=forms.Select,
    )


class _Moment(forms.DateTimeInput):
    """A day and time, picked where the browser can."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ShiftForm(forms.Form):
    """Who is on duty, for what, from when to when."""

    user: forms.ModelChoiceField = forms.ModelChoiceField(label=_("谁"), queryset=None, empty_label=_("请选择"))
    duty = forms.ChoiceField(label=_("职责"), choices=Duty.choices)
    begins_at = forms.DateTimeField(label=_("从"), widget=_Moment())
    ends_at = forms.DateTimeField(label=_("到"), widget=_Moment(), help_text=_("最长 24 小时。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people_for_duty()

    def clean_duty(self) -> Duty:
        return Duty(self.cleaned_data["duty"])


class OverrideForm(forms.Form):
    """Why, what and for how long somebody must be looked at without consent."""

    child = forms.UUIDField(
        label=_("档案编号"), help_text=_("求助记录或警示里的编号。"), error_messages={"invalid": _("编号不对。")}
    )
    items = forms.TypedMultipleChoiceField(
        label=_("看什么"),
        help_text=_("只选保护安全必须看的。"),
        coerce=DataItem,
        choices=DataItem.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    hours = forms.TypedChoiceField(
        label=_("看多久"),
        coerce=int,
        choices=[(4, _("4 小时")), (24, _("24 小时")), (72, _("72 小时"))],
        widget=forms.RadioSelect,
        initial=4,
    )
    reason = forms.CharField(
        label=_("为什么必须看"), max_length=2000, min_length=10, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_telling_dangerous = forms.BooleanField(label=_("现在告诉本人会有危险"), required=False)
    danger_reason = forms.CharField(
        label=_("为什么现在不能告诉"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_telling_dangerous") and len(cleaned.get("danger_reason", "").strip()) < 10:
            self.add_error("danger_reason", _("请写清楚原因。"))
        return cleaned


class ReviewForm(forms.Form):
    """What a third person finds, looking back at an override."""

    outcome = forms.TypedChoiceField(
        label=_("有没有必要"), coerce=ReviewOutcome, choices=ReviewOutcome.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("复核意见"), max_length=2000, min_length=10, widget=forms.Textarea(attrs={"rows": 4})
    )
    tell_now = forms.BooleanField(label=_("现在告诉本人"), required=False, initial=True)


class EndingForm(forms.Form):
    """What becomes of a guardianship that somebody asks us to end, and what was looked at."""

    outcome = forms.TypedChoiceField(
        label=_("处理"), coerce=EndingOutcome, choices=EndingOutcome.choices, widget=forms.RadioSelect
    )
    evidence = forms.ChoiceField(
        label=_("核对过的依据"),
        help_text=_("结束时必选。没有别的监护人时，只有法院文书或儿童保护的决定可以结束。"),
        choices=[("", _("没有")), *EndingEvidence.choices],
        required=False,
    )
