"""How Stripe says no."""

from typing import Any


class ApiError(Exception):
    """An error object with its HTTP status. `is_kept`: an idempotency key repeats it."""

    def __init__(
        self, status: int, message: str, *, kind: str = "invalid_request_error", code: str = "", param: str = "",
        is_kept: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.status, self.is_kept = status, is_kept
        self.error: dict[str, Any] = {"type": kind, "message": message}
        if code:
            self.error["code"] = code
        if param:
            self.error["param"] = param


def wrong_param(param: str, message: str, code: str = "parameter_invalid") -> ApiError:
    """A parameter that cannot be: nothing began, so no key keeps it."""
    return ApiError(400, message, code=code, param=param, is_kept=False)


def missing(kind: str, number: str) -> ApiError:
    """Nothing of that name."""
    return ApiError(404, f"No such {kind}: '{number}'", code="resource_missing", param="id", is_kept=False)


class CardRefused(Exception):
    """The bank says no; the page says so and stays open."""

    def __init__(self, code: str, decline_code: str, sentence: str) -> None:
        super().__init__(code)
        self.code, self.decline_code, self.sentence = code, decline_code, sentence
