"""Rows of any model with a canary in each of its sealed fields; a new sealed field joins by its grade."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone

from catalog.consultations.notes.models import SessionNote
from cms.community.models import Post, Topic
from cms.wellbeing.models import CopingPlan
from marketplace.accounts.models import User
from marketplace.core.encryption.fields import EncryptedField, EncryptedJSONField
from marketplace.core.grades import sealed_fields
from marketplace.families.models import Child
from marketplace.safeguarding.enums import Level
from tests.factories import make_event, make_occupancy, make_service

from .canaries import Canary, hatch

#: What a model needs beside the fields that must be filled; a constraint that refuses a plain row is met here.
RECIPES: dict[str, Callable[["Field"], dict[str, Any]]] = {
    "content.EventSeat": lambda field: {"event": make_event(), "person": field.parent},
    "community.Attachment": lambda field: {"post": make(field, Post)},
    "community.Post": lambda field: {"topic": Topic.objects.first() or make(field, Topic)},
    "community.Case": lambda field: {"post": make(field, Post)},
    "community.Report": lambda field: {"post": make(field, Post)},
    "concerns.Concern": lambda field: {"urgency": Level.CONCERN},
    "books.Decision": lambda field: {"about": "refund", "subject_key": "R1", "resolution": "given_by_hand"},
    "feedback.Feedback": lambda field: {"words_state": "waiting", "product": make_service().product},
    "letters.LetterThread": lambda field: {"answer_by": timezone.now() + timedelta(days=2)},
    "notes.NoteAddendum": lambda field: {"note": make(field, SessionNote, revision=1, signed_at=timezone.now())},
    "order.Order": lambda field: {"user": field.parent, "currency": "CNY", "status": "pending"},
    "payment_requests.PaymentRequest": lambda field: {
        "in_app": True,
        "intended_payer": field.parent,
        "expires_at": timezone.now() + timedelta(hours=12),
    },
    "wellbeing.EarlierPlan": lambda field: {
        "plan": CopingPlan.objects.filter(owner=field.parent).first() or make(field, CopingPlan, sections={})
    },
    "scheduling.Booking": lambda field: {"status": "booked"} | _place(),
}
_numbers = count(1)


def _place() -> dict[str, Any]:
    """A service and an hour of it that nothing else has."""
    service = make_service()
    return {
        "service": service,
        "occupancy": make_occupancy(service, starts_at=timezone.now() + timedelta(days=next(_numbers))),
    }


@dataclass
class Field:
    """Where rows are planted: whose they are, and what was planted."""

    dice: Random
    parent: User
    staff: User
    child: Child
    canaries: list[Canary] = field(default_factory=list)
    rows: list[models.Model] = field(default_factory=list)


def plant(ground: Field) -> None:
    """Save one row of each model that has sealed fields, a canary in each of them."""
    by_model: dict[type[models.Model], list[EncryptedField]] = {}
    for model, sealed in sealed_fields():
        by_model.setdefault(model, []).append(sealed)
    for model, fields in by_model.items():
        canaries = {each.name: hatch(ground.dice, f"{model._meta.label}.{each.name}") for each in fields}
        texts = {each.name: _value(each, canaries[each.name].text) for each in fields}
        with transaction.atomic():
            row = make(ground, model, **texts)
        read = model._base_manager.get(pk=row.pk)
        for name, text in texts.items():
            assert getattr(read, name) == text, f"{model._meta.label}.{name} did not come back"
        ground.canaries += canaries.values()
        ground.rows.append(read)


def _value(sealed: EncryptedField, text: str) -> Any:
    return {"said": [text]} if isinstance(sealed, EncryptedJSONField) else text


def make(ground: Field, model: type[models.Model], **fields: Any) -> Any:
    """Save a row of a model, with whatever it must have and nothing more."""
    fields = RECIPES.get(model._meta.label, lambda _: {})(ground) | fields
    leads = {sealed.subject.split(".")[0] for sealed in _sealed(model)}
    for each in model._meta.concrete_fields:
        if each.name not in fields and (each.name in leads or _must_have(each)):
            fields[each.name] = _filling(ground, each)
    return model._base_manager.create(**fields)


def _sealed(model: type[models.Model]) -> Iterator[EncryptedField]:
    return (each for each in model._meta.concrete_fields if isinstance(each, EncryptedField))


def _must_have(each: models.Field) -> bool:
    return not (each.null or each.has_default() or each.primary_key or each.blank) and not getattr(
        each, "auto_now_add", False
    )


def _filling(ground: Field, each: models.Field) -> Any:
    if each.is_relation:
        persons = {User: ground.parent, Child: ground.child}
        return persons.get(each.related_model) or make(ground, each.related_model)
    if each.choices:
        return each.choices[0][0]
    match each:
        case ArrayField():
            return [each.base_field.choices[0][0] if each.base_field.choices else "profile"]
        case models.UUIDField():
            return each.default() if each.has_default() else uuid4()
        case models.DateTimeField():
            return timezone.now()
        case models.DateField():
            return timezone.localdate()
        case models.BooleanField():
            return False
        case models.CharField() | models.TextField():
            return f"n{next(_numbers)}"[: each.max_length]
        case models.JSONField():
            return {}
        case models.BinaryField():
            return b""
    return 1
