"""Stripe's way of writing nested parameters in a form: a[b][0][c]=v."""

import re
from typing import Any
from urllib.parse import parse_qsl

from payments.simulators.stripe.errors import wrong_param

_STEP = re.compile(r"\[([^\]]*)\]")
Params = dict[str, Any]


def read_form(text: str) -> Params:
    """Nested dicts and lists of a query or a form body. Raises ApiError."""
    root: Params = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        first, _, rest = name.partition("[")
        _put(root, [first, *_STEP.findall("[" + rest if rest else "")], value)
    return {name: _with_lists(value) for name, value in root.items()}


def _put(node: Params, steps: list[str], value: str) -> None:
    for step in steps[:-1]:
        node = node.setdefault(step, {})
        if not isinstance(node, dict):
            raise wrong_param(step, "Invalid nesting")
    last = steps[-1] or str(len(node))
    if last in node:
        raise wrong_param(last, "Sent twice")
    node[last] = value


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _with_lists(each) for name, each in value.items()}
    if inner and all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner


def only(params: Params, *allowed: str) -> None:
    """Stripe refuses what it does not know. Raises ApiError."""
    for name in params:
        if name not in (*allowed, "expand"):
            raise wrong_param(name, f"Received unknown parameter: {name}", "parameter_unknown")


def whole(params: Params, name: str, default: int | None = None) -> int:
    """A whole number. Raises ApiError."""
    text = params.get(name)
    if text is None and default is not None:
        return default
    if not isinstance(text, str) or not re.fullmatch(r"\d{1,12}", text):
        raise wrong_param(name, f"Invalid integer: {text}", "parameter_invalid_integer")
    return int(text)


def text_of(params: Params, name: str, *, longest: int = 500) -> str:
    """A text that has to be there. Raises ApiError."""
    text = params.get(name)
    if not isinstance(text, str) or not 0 < len(text) <= longest:
        raise wrong_param(name, f"Missing required param: {name}.", "parameter_missing")
    return text


def boolean(params: Params, name: str) -> bool:
    """A truth value. Raises ApiError."""
    value = params.get(name)
    if value not in ("true", "false"):
        raise wrong_param(name, f"Invalid boolean: {value}")
    return value == "true"


def metadata_of(params: Params) -> dict[str, str]:
    """At most 50 short texts. Raises ApiError."""
    rows = params.get("metadata") or {}
    if not isinstance(rows, dict) or len(rows) > 50:
        raise wrong_param("metadata", "Invalid metadata")
    for name, value in rows.items():
        if not isinstance(value, str) or len(name) > 40 or len(value) > 500:
            raise wrong_param("metadata", "Metadata values can have up to 500 characters")
    return dict(rows)
