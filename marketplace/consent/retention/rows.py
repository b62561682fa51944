"""What records stand on each other: a row stays as long as another one that is kept needs it."""

from typing import Any

from django.db.models import PROTECT, Exists, Model, OuterRef, Q, QuerySet

from marketplace.core.encryption.services import destroy_data_key


def needed_rows(model: type[Model], *, besides: tuple[type[Model], ...] = ()) -> Q:
    """Return the condition that another model points at a row and protects it, models of `besides` left out.

    Read from the models, so that a package above can protect rows of one below without being named here.
    """
    needed = Q(pk__in=[])
    for relation in model._meta.related_objects:
        source = relation.related_model
        if relation.on_delete is PROTECT and source not in besides:
            needed |= Q(Exists(source._base_manager.filter(**{relation.field.name: OuterRef("pk")})))
    return needed


def standing_alone(rows: "QuerySet[Any]", *, besides: tuple[type[Model], ...] = ()) -> "QuerySet[Any]":
    """Return the rows that nothing protects."""
    return rows.exclude(needed_rows(rows.model, besides=besides))


def as_they_are(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return all the rows: what points at them goes with them."""
    return rows


def deleted(rows: "QuerySet[Any]") -> int:
    """Delete rows with all that belongs to them; return how many of the rows themselves went."""
    return (
        rows.model._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True)))
        .delete()[1]
        .get(rows.model._meta.label, 0)
    )


def deleted_with_keys(rows: "QuerySet[Any]") -> int:
    """Delete rows whose words are sealed by a key of their own, and destroy it: no backup opens them any more."""
    for public_id in rows.values_list("public_id", flat=True):
        destroy_data_key(subject_id=public_id, reason="retention", destroyed_by=None)
    return deleted(rows)
