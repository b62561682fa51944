"""How sensitive each field is. Every app grades its own models' fields in its `grades` room; tests fail on an ungraded one.

The grades follow the four levels of Chinese data classification, with a child's mental-health data in the highest.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import models

from .encryption.fields import EncryptedField

#: The packages whose models are ours: our apps and our forks, with the fields they inherit.
OUR_PACKAGES = ("marketplace", "cms", "payments", "catalog", "recommender", "partners")


class Grade(IntEnum):
    """What may happen to a value.

    L1 is for everybody to read: what is offered and by whom. L2 runs the house: states, times, amounts, and links between
    rows, which say nothing without the row they lead to. L3 says something about a person: names, addresses, birthdays.
    L4 is about a child's or a family's trouble, health or safety, or what somebody wrote about it: always sealed.
    """

    L1 = 1
    L2 = 2
    L3 = 3
    L4 = 4


class GradeFault(Exception):
    """A model is graded twice, or a field was never graded."""


_grades: dict[str, dict[str, Grade]] = {}


def graded(label: str, fields: Mapping[Grade, str]) -> None:
    """Grade a model's fields, for example `graded("families.Child", {Grade.L3: "nickname born_on", Grade.L2: "id"})`.

    Many-to-many fields count; the tables Django makes for them do not.
    """
    found: dict[str, Grade] = {}
    for grade, names in fields.items():
        for name in names.split():
            if name in found:
                raise GradeFault(f"{label}.{name} has two grades")
            found[name] = grade
    if _grades.setdefault(label.lower(), found) != found:
        raise GradeFault(f"{label} is graded twice")


def load_grades() -> None:
    """Read the `grades` room of each of our apps, once."""
    for config in apps.get_app_configs():
        if config.name.startswith(OUR_PACKAGES) and find_spec(f"{config.name}.grades"):
            import_module(f"{config.name}.grades")


def our_models() -> list[type[models.Model]]:
    """Return every model of our apps and forks, without the tables Django makes for many-to-many fields."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith(OUR_PACKAGES)
        for model in config.get_models()
    ]


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """Return the fields that hold something: columns and many-to-many fields, inherited ones too."""
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


def grade_of(model: type[models.Model], field: str) -> Grade:
    """Return a field's grade.

    Raises:
        GradeFault: it has none.
    """
    load_grades()
    try:
        return _grades[model._meta.label_lower][field]
    except KeyError:
        raise GradeFault(f"{model._meta.label}.{field} has no grade") from None


def sealed_fields() -> list[tuple[type[models.Model], models.Field]]:
    """Return every field of grade L4."""
    load_grades()
    return [
        (model, field)
        for model in our_models()
        for field in fields_of(model)
        if _grades.get(model._meta.label_lower, {}).get(field.name) == Grade.L4
    ]


def grade_faults(found: Iterable[type[models.Model]]) -> Iterator[str]:
    """Say what is wrong with the grades of these models, each fault in a line; nothing when all is well."""
    load_grades()
    for model in found:
        grades = _grades.get(model._meta.label_lower, {})
        present = {field.name: field for field in fields_of(model)}
        yield from (f"{model._meta.label}.{name} has no grade" for name in present.keys() - grades.keys())
        yield from (f"{model._meta.label}.{name} is graded but not there" for name in grades.keys() - present.keys())
        yield from _breaches(model, {present[name]: grade for name, grade in grades.items() if name in present})


def _breaches(model: type[models.Model], grades: Mapping[models.Field, Grade]) -> Iterator[str]:
    for field, grade in grades.items():
        if (grade == Grade.L4) != isinstance(field, EncryptedField):
            yield f"{model._meta.label}.{field.name}: L4 and sealed go together"
    if max(grades.values(), default=Grade.L1) >= Grade.L3 and not _has_public_id(model):
        yield f"{model._meta.label} holds L3 or L4 and has no public_id"


def _has_public_id(model: type[models.Model]) -> bool:
    return any(field.name == "public_id" and field.unique for field in model._meta.concrete_fields)
