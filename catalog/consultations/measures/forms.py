"""Input of a young person's answers: one group of radios a question."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .instruments import Instrument
from .models import GOAL_LENGTH


class AnswersForm(forms.Form):
    """Every question of the instruments asked; all may stay open, an instrument is answered whole or not at all."""

    def __init__(self, *args: Any, instruments: Sequence[Instrument], goal_text: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.instruments = instruments
        for instrument in instruments:
            if instrument.needs_goal:
                self.fields["goal_text"] = forms.CharField(
                    label=_("这段时间想做到的一件小事"),
                    required=False,
                    max_length=GOAL_LENGTH,
                    initial=goal_text,
                    help_text=_("用你自己的话。换成别的话，就是换一个目标。"),
                    widget=forms.TextInput(attrs={"autocomplete": "off"}),
                )
            for item in instrument.items:
                self.fields[f"{instrument.key}-{item.key}"] = forms.TypedChoiceField(
                    label=item.text,
                    required=False,
                    coerce=int,
                    empty_value=None,
                    choices=[(choice.points, choice.label) for choice in instrument.choices],
                    widget=forms.RadioSelect,
                )

    def parts(self) -> list[dict[str, Any]]:
        """Return each instrument with its bound fields, and the drawings that stand for its choices."""
        return [
            {
                "instrument": instrument,
                "goal": self["goal_text"] if instrument.needs_goal else None,
                "fields": [self[f"{instrument.key}-{item.key}"] for item in instrument.items],
                "faces": [choice.face for choice in instrument.choices if choice.face],
                "has_many": len(instrument.choices) > len("0123"),
            }
            for instrument in self.instruments
        ]

    def answers(self) -> dict[str, dict[str, int]]:
        """Return what was chosen, by instrument and item; an instrument without a choice is left out."""
        chosen = {
            instrument.key: {
                item.key: points
                for item in instrument.items
                if (points := self.cleaned_data.get(f"{instrument.key}-{item.key}")) is not None
            }
            for instrument in self.instruments
        }
        return {key: items for key, items in chosen.items() if items}
