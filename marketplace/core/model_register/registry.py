"""Which models the house has: each says so itself, from `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from .enums import ModelKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredModel:
    """A trained model: `version` names the bytes in service, `card` the document that describes it.

    `without`: what happens while it is not approved, in words for whoever oversees us.
    """

    slug: str
    name: Promise
    kind: ModelKind
    purpose: Promise
    without: Promise
    version: Callable[[], str]
    card: str


_models: dict[str, RegisteredModel] = {}


def register_model(model: RegisteredModel) -> None:
    """Say that the house has this model; saying it twice is saying it once."""
    _models[model.slug] = model


def registered_models() -> list[RegisteredModel]:
    """Return every model of the house, by name."""
    return [_models[slug] for slug in sorted(_models)]


def registered_model(slug: str) -> RegisteredModel | None:
    """Return one of them."""
    return _models.get(slug)
