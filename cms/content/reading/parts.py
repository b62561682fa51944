"""The parts of an item as its page shows them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..plain_text import FOR_CLASS


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a question, `is_chosen` when the reader just gave it."""

    number: int
    text: str
    is_right: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its options; `answer` is the chosen one."""

    number: int
    question: str
    why: str
    options: tuple[Option, ...]

    @property
    def name(self) -> str:
        """The name of the form's field."""
        return f"q{self.number}"

    @property
    def answer(self) -> Option | None:
        """The option the reader chose, if any."""
        return next((option for option in self.options if option.is_chosen), None)


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the body; `question` is set for questions."""

    name: str
    value: Any
    question: Question | None = None


def shown_parts(body: Iterable[Any], given: Mapping[str, str], *, for_class: bool = False) -> list[Part]:
    """Return the parts of a body, or of a lesson, without lessons and the closing help.

    `given` are the answers in the address (q1=2): they come back beside their question and are kept nowhere.
    """
    return list(_parts(body, given, for_class))


def _parts(body: Iterable[Any], given: Mapping[str, str], for_class: bool) -> Iterator[Part]:
    questions = 0
    for block in body:
        name = block.block_type
        if name in ("lesson", "help") or (name in FOR_CLASS and not for_class):
            continue
        if name == "check":
            questions += 1
            yield Part(name, block.value, question_of(block.value, questions, given))
        else:
            yield Part(name, block.value)


def question_of(value: Any, number: int, given: Mapping[str, str]) -> Question:
    """Return a question with the answer given to it."""
    chosen = given.get(f"q{number}", "")
    options = tuple(
        Option(place, option["text"], option["is_right"], chosen == str(place))
        for place, option in enumerate(value["options"], start=1)
    )
    return Question(number, value["question"], value["why"], options)


def closing_help(body: Iterable[Any]) -> Any:
    """Return when to ask somebody for help, as the item ends; nothing when an editor left it out."""
    return next((block.value for block in reversed(list(body)) if block.block_type == "help"), None)


def class_parts(lesson: Any) -> list[Part]:
    """Return what a teacher does with a lesson: pre-work and class activity."""
    return [Part(block.block_type, block.value) for block in lesson["parts"] if block.block_type in FOR_CLASS]


def first_check(lesson: Any) -> Any:
    """Return a lesson's first question, by which a learner can show to know it already; nothing when there is none."""
    return next((block.value for block in lesson["parts"] if block.block_type == "check"), None)
