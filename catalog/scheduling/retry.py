"""Trying again when the database gave up a transaction through nobody's fault."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction

Params = ParamSpec("Params")
Result = TypeVar("Result")

#: deadlock_detected, serialization_failure
WORTH_ANOTHER_TRY = ("40P01", "40001")
TRIES = 4


def retried(use_case: Callable[Params, Result]) -> Callable[Params, Result]:
    """Run a use case again after a deadlock or a serialization failure, a few times, after a short random wait.

    Only where it owns its transaction: inside somebody else's, everything before it is lost too, so the error goes on.
    """

    @wraps(use_case)
    def patient(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        for attempt in range(1, TRIES):
            try:
                return use_case(*args, **kwargs)
            except OperationalError as error:
                if not is_worth_another_try(error) or transaction.get_connection().in_atomic_block:
                    raise
                time.sleep(random.uniform(0.5, 1.5) * 0.01 * 2**attempt)  # noqa: S311 - spreads rivals, guards nothing
        return use_case(*args, **kwargs)

    return patient


def is_worth_another_try(error: OperationalError) -> bool:
    """Whether the same statements may succeed the next time."""
    return getattr(error.__cause__, "sqlstate", None) in WORTH_ANOTHER_TRY
