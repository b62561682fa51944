"""What somebody fills in about a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import LONGEST_WORDS


class AppealForm(forms.Form):
    """What speaks against a decision."""

    words = forms.CharField(
        label=_("为什么不同意"),
        help_text=_("大家都会看到。请不要写任何来访者的信息。"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(forms.Form):
    """What an association says to an appeal."""

    granted = forms.TypedChoiceField(
        label=_("怎么决定"),
        choices=[("no", _("维持原决定")), ("yes", _("申诉成立，撤销原决定"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("答复"),
        help_text=_("大家都会看到。请不要写任何来访者的信息。"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
