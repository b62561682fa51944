"""Input of referral letters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.partner.models import Partner
from marketplace.families.models import Child

from .models import LETTER_LENGTH
from .selectors import hospitals_agreed_to


class LetterForm(forms.Form):
    """To which hospital, and what it should know; only hospitals the family has agreed to."""

    hospital: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("写给哪家医院"), queryset=Partner.objects.none(), to_field_name="public_id", empty_label=None
    )
    words = forms.CharField(
        label=_("转介信"),
        help_text=_("为什么转介、做过什么、希望医院看什么。只写需要的。"),
        min_length=10,
        max_length=LETTER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    is_urgent = forms.BooleanField(label=_("希望尽快"), required=False)

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hospital"].queryset = hospitals_agreed_to(child)  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """What the hospital says."""

    words = forms.CharField(
        label=_("回复"), min_length=5, max_length=LETTER_LENGTH, widget=forms.Textarea(attrs={"rows": 5})
    )
