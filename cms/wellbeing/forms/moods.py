"""What a check-in asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models.moods import LINE_LENGTH
from ..moods import MOST_WORDS, WORDS, Weather


class MoodForm(forms.Form):
    """A weather, up to three words, one line; only the first has to be there."""

    weather = forms.TypedChoiceField(
        choices=Weather.choices, coerce=int, error_messages={"required": _("请先点一个现在的天气。")}
    )
    words = forms.MultipleChoiceField(choices=list(WORDS.items()), required=False)
    line = forms.CharField(max_length=LINE_LENGTH, required=False)

    def clean_words(self) -> list[str]:
        """Return the chosen words; more than three are too many."""
        words: list[str] = self.cleaned_data["words"]
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(_("心情词最多选三个。"))
        return words

    @property
    def chosen(self) -> dict[str, Any]:
        """What is chosen now, whether sent or known before: for the boxes of the page."""
        return {
            "weather": str(self["weather"].value() or ""),
            "words": list(self["words"].value() or []),
            "line": self["line"].value() or "",
        }
