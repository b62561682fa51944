"""What writers and those who answer fill in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.safeguarding.enums import DANGERS, Kind

from .models import LETTER_LENGTH, NAME_LENGTH
from .offices import Choice

_WORDS = {"required": _("信里还没有字。"), "max_length": _("太长了，分成两封来写吧。写好的都还在。")}


class LetterForm(forms.Form):
    """A letter, further down a thread or an answer."""

    text = forms.CharField(
        label=_("写信"),
        max_length=LETTER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
        error_messages=_WORDS,
    )

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label


class FirstLetterForm(LetterForm):
    """A first letter: to whom, and how somebody may like to sign."""

    office = forms.ChoiceField(label=_("寄给谁"), widget=forms.RadioSelect)
    signed_as = forms.CharField(
        label=_("落款"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("可以不写，也可以写一个只有你知道的名字。请不要写真名和学校。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["office", "text", "signed_as"]

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_shown = choices
        office = self.fields["office"]
        assert isinstance(office, forms.ChoiceField)
        office.choices = [(choice.key, choice.label) for choice in choices]
        if len(choices) == 1:
            office.widget = forms.HiddenInput()
            office.initial = choices[0].key


class HandOverForm(forms.Form):
    """To which colleague, and what they should know."""

    to = forms.ChoiceField(label=_("转给哪位同事"))
    note = forms.CharField(
        label=_("要交代的话"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, colleagues: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [(str(each.public_id), str(each)) for each in colleagues]


class WorryForm(forms.Form):
    """What the one who answers is worried about."""

    kind = forms.ChoiceField(label=_("担心什么"), choices=[(kind.value, kind.label) for kind in DANGERS])
    is_now = forms.BooleanField(label=_("现在就有危险"), required=False)

    def clean_kind(self) -> Kind:
        """Return the kind as the desk knows it."""
        return Kind(self.cleaned_data["kind"])
