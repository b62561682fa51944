from django import forms
from django.utils.translation import gettext_lazy as _


class HoldForm(forms.Form):
    """Whose records stay, and why."""

    subject_id = forms.UUIDField(
        label=_("对象的编号"),
        help_text=_("孩子档案或账号的 public_id，来自工单或投诉。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("请填编号。"), "invalid": _("编号的格式不对。")},
    )
    reason = forms.CharField(
        label=_("原因"),
        help_text=_("依据哪项要求、预计到什么时候。加密保存，只有这一页能看到。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": _("请写原因。")},
    )
