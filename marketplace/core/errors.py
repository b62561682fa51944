"""Refusals: what a service raises when a person may not have what they asked for."""

from django.utils.functional import Promise


class Refusal(Exception):
    """A request that cannot be met, with a calm sentence for the person.

    Each refusal is a subclass of its own; `sentence` is translated when it is shown, never when raised.
    """

    sentence: str | Promise = ""

    def __init__(self, sentence: str | Promise | None = None) -> None:
        if sentence is not None:
            self.sentence = sentence
        super().__init__(str(type(self).__name__))

    def __str__(self) -> str:
        return str(self.sentence)
