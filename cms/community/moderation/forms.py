"""What moderators, readers and authors fill in at the desk and around it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Topic
from .enums import Outcome, ReportReason, Training
from .selectors import moderators
from .wording import TEMPLATES

_AREA = {"autocomplete": "off"}


class DecisionForm(forms.Form):
    """A decision: the template says which one it is; its words may be changed."""

    template = forms.ChoiceField(
        label=_("怎么处理"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一种处理方式。")},
    )
    words = forms.CharField(
        label=_("写给作者的话"),
        help_text=_("空着就用模板里的话。作者会逐字看到。"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, **_AREA}),
    )
    reason = forms.CharField(
        label=_("给同事的说明"),
        help_text=_("为什么这样决定。作者看不到。"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, **_AREA}),
    )
    thought_of_safety = forms.BooleanField(label=_("我想过要不要转给安全值守，认为可以发布"), required=False)

    def __init__(self, *args: Any, worries: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped = [
            (outcome.label, [(each.key, each.label) for each in TEMPLATES if each.outcome == outcome])
            for outcome in Outcome
        ]
        self.fields["template"].choices = grouped
        if not worries:
            del self.fields["thought_of_safety"]


class ReportForm(forms.Form):
    """Why a reader worries."""

    reason = forms.ChoiceField(
        label=_("你担心什么"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个，拿不准就选“别的原因”。")},
    )
    words = forms.CharField(
        label=_("想补充的话"),
        help_text=_("不写也可以。看护的同事会看到，写的人看不到。"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, **_AREA}),
    )


class AppealForm(forms.Form):
    """Why somebody should look again; nothing need be said."""

    words = forms.CharField(
        label=_("想让另一位同事知道的话"),
        help_text=_("不写也可以。另一位同事会从头再看一遍。"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, **_AREA}),
    )


class TrainingForm(forms.Form):
    """What a colleague learned."""

    moderator: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("哪位同事"), queryset=None, empty_label=_("请选择")
    )
    course = forms.ChoiceField(label=_("学了什么"), choices=Training.choices)
    completed_on = forms.DateField(label=_("哪天学完"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, recorded_by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moderator"].queryset = moderators().exclude(pk=recorded_by.pk).order_by("nickname", "pk")

    def clean_completed_on(self) -> Any:
        """Nobody has learned tomorrow."""
        day = self.cleaned_data["completed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("还没有到这一天。"))
        return day


class HoldForm(forms.Form):
    """What is held, and why."""

    topic: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("守护哪里"), queryset=None, required=False, empty_label=_("整个树洞")
    )
    reason = forms.CharField(
        label=_("为什么开启"),
        help_text=_("写给同事看。不要写当事人的名字。"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, **_AREA}),
        error_messages={"required": _("请写一句原因，别的同事会看到。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.order_by("position", "pk")


class HoldWordsForm(forms.Form):
    """A line for the log of a hold."""

    words = forms.CharField(
        label=_("写一句"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, **_AREA}),
        error_messages={"required": _("请写一句，别的同事会看到。")},
    )
