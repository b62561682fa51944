"""What a writer is shown above their letters: the numbers to call, for as long as their last words ask for them."""

from collections.abc import Sequence

from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.answers import QUIET, Answer, answer_to
from marketplace.safeguarding.gate.grading import grade

from .models import Letter


def card_for(letters: Sequence[Letter]) -> Answer:
    """Return the gate's answer to the writer's last letter, read anew: nothing of it is kept."""
    last = next((letter for letter in reversed(letters) if not letter.is_answer), None)
    return answer_to(grade(last.text), Source.LETTER) if last and isinstance(last.text, str) else QUIET
