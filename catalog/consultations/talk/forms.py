"""Input of messages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import WORDS_LENGTH


class MessageForm(forms.Form):
    """A few words about a booking."""

    words = forms.CharField(
        label=_("写给对方"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写一点内容。")},
    )
