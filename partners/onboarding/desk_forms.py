"""What our reviewers fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import CheckResult, Step
from .models import Application
from .requirements import requirements_of


class ChecksForm(forms.Form):
    """The checklist of a kind; a point may stay open."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = dict(application.checks.filter(version=application.version).values_list("item", "result"))
        for point in requirements_of(application.kind).checklist:
            self.fields[point.key] = forms.ChoiceField(
                label=str(point.title),
                help_text=str(point.how),
                required=False,
                choices=[("", _("还没有核对")), *CheckResult.choices],
                initial=found.get(point.key, ""),
            )

    @property
    def results(self) -> dict[str, CheckResult]:
        """What was found, by point."""
        return {item: CheckResult(found) for item, found in self.cleaned_data.items() if found}


class AskForm(forms.Form):
    """A question to the organisation."""

    step = forms.ChoiceField(label=_("关于哪一步"), choices=Step.choices)
    text = forms.CharField(
        label=_("问题"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写清楚缺什么、怎么补。机构会原样看到。"),
        error_messages={"required": _("请写下要问什么。")},
    )


class ProposeForm(forms.Form):
    """What one reviewer proposes to another."""

    approves = forms.ChoiceField(
        label=_("审核意见"),
        choices=[("yes", _("建议通过")), ("no", _("建议不通过"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择审核意见。")},
    )
    reasons = forms.CharField(
        label=_("理由"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不通过的理由会原样给机构看，请写清楚缺什么、怎样可以再申请。"),
    )
