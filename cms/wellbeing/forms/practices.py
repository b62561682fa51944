"""What comes with a run of a practice."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from ..practices import Practice
from ..practices.wording import Change

RATINGS = range(11)
WHEN = ("before", "after")


def _rating() -> forms.TypedChoiceField:
    choices = [("", ""), *((n, n) for n in RATINGS)]
    return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, required=False)


class RunForm(forms.Form):
    """Two ratings, the words of the practice, and when its page was opened (seconds since 1970)."""

    before = _rating()
    after = _rating()
    began = forms.IntegerField(required=False, min_value=0, max_value=32_503_680_000)

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        for blank in practice.blanks:
            self.fields[blank.key] = forms.CharField(max_length=blank.most, required=False, strip=True)
        for key in practice.rated:
            self.fields[f"{key}_before"], self.fields[f"{key}_after"] = _rating(), _rating()

    @property
    def steps(self) -> dict[str, Change]:
        """What was said of single steps, those without a word left out."""
        said = {key: Change(*(self.cleaned_data.get(f"{key}_{when}") for when in WHEN)) for key in self.practice.rated}
        return {key: change for key, change in said.items() if change != Change(None, None)}

    @property
    def words(self) -> dict[str, str]:
        """What was written, by blank."""
        return {blank.key: self.cleaned_data.get(blank.key) or "" for blank in self.practice.blanks}

    @property
    def started_at(self) -> datetime | None:
        """When the page was opened, as the page said."""
        began = self.cleaned_data.get("began")
        return None if began is None else datetime.fromtimestamp(began, tz=timezone.get_default_timezone())


class PlayForm(forms.Form):
    """Seconds that were played since the last word."""

    seconds = forms.IntegerField(min_value=0, max_value=86_400)
