"""Long lists by cursor: the last row's public id says where the next page begins, so nothing is skipped or told twice."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from ..errors import CursorUnknown

DEFAULT, MOST = 50, 100
Row = TypeVar("Row", bound=Model)


def page_of(
    rows: "QuerySet[Row]", *, by: str, cursor: Any, limit: int, named: str = "public_id", newest_first: bool = True
) -> tuple[Sequence[Row], Any]:
    """Return one page in the order of a field, and the cursor of the next one (None after the last).

    A cursor that names somebody else's row is unknown, because it is looked for among these rows. Raises CursorUnknown.
    """
    sign, after = ("-", "lt") if newest_first else ("", "gt")
    if cursor is not None:
        last = rows.filter(**{named: cursor}).values_list(by, "pk").first()
        if last is None:
            raise CursorUnknown
        rows = rows.filter(Q(**{f"{by}__{after}": last[0]}) | Q(**{by: last[0], f"pk__{after}": last[1]}))
    found = list(rows.order_by(f"{sign}{by}", f"{sign}pk")[: limit + 1])
    more = getattr(found[limit - 1], named.rsplit("__", maxsplit=1)[-1], None) if len(found) > limit else None
    return found[:limit], more
