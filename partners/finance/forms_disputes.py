"""What people on finance duty write to a bank."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EvidenceForm(forms.Form):
    """Our side of a dispute; the bank reads it, so nothing of what was paid for stands in it."""

    evidence = forms.CharField(
        label=_("给银行的说明"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("请写下给银行的说明。")},
    )
    is_neutral = forms.BooleanField(
        label=_("里面没有姓名、服务内容和任何健康信息"),
        error_messages={"required": _("发出前请确认里面没有个人和健康信息。")},
    )
