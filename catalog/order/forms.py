"""What a family writes about an order."""

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    """A question to our staff."""

    body = forms.CharField(
        label=_("想问什么"),
        help_text=_("平台工作人员会看到并回复。急事请打 12356 或 120。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写下你的问题。")},
    )
