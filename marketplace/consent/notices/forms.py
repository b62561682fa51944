from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import ResidualRisk


class AssessmentForm(forms.Form):
    """What a yearly impact assessment found."""

    assessed_on = forms.DateField(
        label=_("评估日期"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        initial=timezone.localdate,
    )
    risks = forms.CharField(label=_("看到的风险"), widget=forms.Textarea, max_length=4000)
    measures = forms.CharField(label=_("采取的措施"), widget=forms.Textarea, max_length=4000)
    residual_risk = forms.ChoiceField(label=_("剩余风险"), choices=ResidualRisk.choices)
