"""Input of our staff."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """The answer to a family's question."""

    answer = forms.CharField(label=_("回复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
