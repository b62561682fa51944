"""Writing many rows at once, by natural key."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model


def upsert(model: type[Model], rows: Sequence[Model], *, key: Sequence[str], keep: Iterable[str] = ()) -> None:
    """Insert rows or overwrite those with the same key; fields in `keep` stay as they are in the database."""
    left_alone = {*key, *keep}
    fields = [
        field.name for field in model._meta.concrete_fields if not field.primary_key and field.name not in left_alone
    ]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=key, update_fields=fields)


def replace_links(through: type[Model], *, owner: str, other: str, links: Mapping[int, Iterable[int]]) -> None:
    """Make a many-to-many table say exactly this for these owners: {owner's id: ids of the others}."""
    through._default_manager.filter(**{f"{owner}__in": list(links)}).delete()
    rows: list[Any] = [
        through(**{f"{owner}_id": one, f"{other}_id": another}) for one, others in links.items() for another in others
    ]
    through._default_manager.bulk_create(rows)
