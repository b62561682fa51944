"""What the one door answers with."""

from dataclasses import dataclass
from uuid import UUID

from .enums import Affiliation, Reason
from .rules import SENTENCES


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether one look is allowed, and why; truthy when it is."""

    is_allowed: bool
    reason: Reason
    consent_id: UUID | None = None

    def __bool__(self) -> bool:
        return self.is_allowed

    @property
    def sentence(self) -> str:
        """Why, in plain words."""
        return str(SENTENCES[self.reason])


@dataclass(frozen=True, slots=True)
class Membership:
    """That a person acts for an organisation; `organisation_id` is the organisation's public id."""

    organisation_id: UUID
    affiliation: Affiliation
    label: str = ""
