"""What comes with a coping plan."""

from typing import Any

from django import forms

from ..coping import SECTION_LENGTH, SECTIONS


class PlanForm(forms.Form):
    """The sections of a plan, and the version the words started from."""

    revision = forms.IntegerField(min_value=0, max_value=2_000_000_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section in SECTIONS:
            self.fields[section.key] = forms.CharField(max_length=SECTION_LENGTH, required=False, strip=True)

    @property
    def sections(self) -> dict[str, str]:
        """What was written, by section."""
        return {section.key: self.cleaned_data.get(section.key) or "" for section in SECTIONS}
