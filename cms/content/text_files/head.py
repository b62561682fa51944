"""The head of a text file: what it is, for whom, by whom, and where it comes from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

import yaml

from marketplace.core.needs import Need

from ..enums import Audience, Kind, Licence, Skill

C = TypeVar("C", bound=Enum)

MOST_NEEDS = 3
SUMMARY_LENGTH = 160


class HeadFault(Exception):
    """Something in the head is wrong; `key` is the field, or empty, and `line` counts within the head."""

    def __init__(self, key: str, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.key, self.sentence, self.line = key, sentence, line


@dataclass(frozen=True, slots=True)
class Head:
    """The fields of a head; `sources` are dicts with title, publisher and perhaps year."""

    slug: str
    kind: Kind
    title: str
    summary: str
    audience: Audience
    ages: tuple[int, int]
    needs: tuple[str, ...]
    skills: tuple[str, ...]
    grades: tuple[int, int] | None
    subject: str
    author: str
    machine_written: bool
    sources: tuple[dict[str, Any], ...]
    licence: Licence


def read_head(text: str) -> Head:
    """Read a head's YAML.

    Raises:
        HeadFault: it is not YAML, or a field is missing, unknown or not as agreed.
    """
    fields = _Fields(_yaml(text))
    head = Head(
        slug=fields.text("slug"),
        kind=fields.choice("kind", Kind),
        title=fields.text("title"),
        summary=fields.text("summary", longest=SUMMARY_LENGTH),
        audience=fields.choice("audience", Audience),
        ages=fields.span("ages", 0, 18),
        needs=fields.choices("needs", Need, at_least=1, at_most=MOST_NEEDS),
        skills=fields.choices("skill", Skill) if fields.has("skill") else (),
        grades=fields.span("grade", 1, 12) if fields.has("grade") else None,
        subject=fields.text("subject") if fields.has("subject") else "",
        author=fields.text("author"),
        machine_written=fields.truth("machine_written"),
        sources=fields.sources(),
        licence=fields.choice("licence", Licence) if fields.has("licence") else Licence.CC_BY_NC_SA,
    )
    fields.refuse_rest()
    return head


def _yaml(text: str) -> dict[str, Any]:
    try:
        read = yaml.safe_load(text)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise HeadFault("", f"not readable: {fault.problem}", line) from fault
    if not isinstance(read, dict):
        raise HeadFault("", "the head is not a list of fields", 1)
    return read


class _Fields:
    """Takes fields out of a head one by one, so that what is left over is unknown."""

    def __init__(self, read: dict[str, Any]) -> None:
        self.left = dict(read)

    def has(self, key: str) -> bool:
        return key in self.left

    def _take(self, key: str) -> Any:
        if key not in self.left:
            raise HeadFault(key, f"{key} is missing")
        return self.left.pop(key)

    def text(self, key: str, longest: int = 120) -> str:
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise HeadFault(key, f"{key} has no words")
        if len(value) > longest:
            raise HeadFault(key, f"{key} is longer than {longest} characters")
        return value.strip()

    def truth(self, key: str) -> bool:
        value = self._take(key)
        if not isinstance(value, bool):
            raise HeadFault(key, f"{key} is neither true nor false")
        return value

    def choice(self, key: str, allowed: type[C]) -> C:
        value = self._take(key)
        try:
            return allowed(value)
        except ValueError:
            raise HeadFault(key, f"{key}: {value!r} is not one of {', '.join(_values(allowed))}") from None

    def choices(self, key: str, allowed: type[Enum], at_least: int = 0, at_most: int = 9) -> tuple[str, ...]:
        values = self._take(key)
        if not isinstance(values, list) or not at_least <= len(values) <= at_most or len(set(values)) != len(values):
            raise HeadFault(key, f"{key} is not a list of {at_least} to {at_most}")
        for value in values:
            if value not in _values(allowed):
                raise HeadFault(key, f"{key}: {value!r} is not one of {', '.join(_values(allowed))}")
        return tuple(values)

    def span(self, key: str, lowest: int, highest: int) -> tuple[int, int]:
        value = self._take(key)
        is_pair = isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value)
        if not is_pair or not lowest <= value[0] <= value[1] <= highest:
            raise HeadFault(key, f"{key} is not two numbers between {lowest} and {highest}, the smaller first")
        return value[0], value[1]

    def sources(self) -> tuple[dict[str, Any], ...]:
        rows = self._take("sources")
        if not isinstance(rows, list) or not rows:
            raise HeadFault("sources", "sources name nothing")
        return tuple(_checked(row, _source) for row in rows)

    def refuse_rest(self) -> None:
        for key in self.left:
            raise HeadFault(str(key), f"{key} is not a field of a head")


def _checked(row: Any, read: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise HeadFault("sources", "a source has no fields")
    return read(row)


def _source(row: dict[str, Any]) -> dict[str, Any]:
    if not {"title", "publisher"} <= row.keys() <= {"title", "publisher", "year"}:
        raise HeadFault("sources", "a source has a title, a publisher and perhaps a year")
    year = row.get("year")
    if year is not None and type(year) is not int:
        raise HeadFault("sources", f"the year of a source is not a number: {year!r}")
    return {"title": str(row["title"]), "publisher": str(row["publisher"]), "year": year}


def _values(allowed: Iterable[Enum]) -> list[str]:
    return [str(each.value) for each in allowed]
