"""Whom a concern is about: sealed in its link, and told apart by a keyed mark that leads back to nobody."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.accounts.models import User
from marketplace.core.pseudonyms import pseudonym
from marketplace.families.models import Child
from marketplace.families.selectors import young_profile_of

from .models import Concern
from .rules import NAMELESS

_NAMED = "concerns"
#: A mark of its own, so that nothing written without a name meets what the same person wrote under theirs.
_NAMELESS = "concerns.nameless"
#: A report about somebody nobody knows here is a thread of its own.
_THREAD = "concerns.thread"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a concern is about: a young person's profile, else an account."""

    child: Child | None = None
    user: User | None = None

    @property
    def public_id(self) -> UUID | None:
        """The id of the profile, else of the account."""
        owner = self.child or self.user
        return owner.public_id if owner else None

    @property
    def link(self) -> str:
        """What is sealed into the concern."""
        if self.child:
            return f"child:{self.child.public_id}"
        return f"user:{self.user.public_id}" if self.user else ""


NOBODY = Person()


def person_of(author: User | None, child: Child | None) -> Person:
    """Return whom a text is about: the child it was written for, the young person who wrote it, or the adult."""
    if child is not None:
        return Person(child=child)
    if author is None:
        return NOBODY
    own = young_profile_of(author)
    return Person(child=own) if own else Person(user=author)


def mark_of(person_id: UUID | None, source: str) -> str:
    """Return the mark of a person for texts of this source; "" for nobody."""
    return pseudonym(person_id, _NAMELESS if source in NAMELESS else _NAMED) if person_id else ""


def mark_of_thread(ref: str) -> str:
    """Return the mark of what is about nobody we know, by the public id of the thing it is told in; "" without one."""
    try:
        return pseudonym(UUID(ref), _THREAD)
    except ValueError:
        return ""


def marks_of(ids: list[UUID]) -> list[str]:
    """Return every mark a person's concerns may carry."""
    return [pseudonym(each, purpose) for each in ids for purpose in (_NAMED, _NAMELESS)]


def linked_person(concern: Concern) -> Person:
    """Open the link of a concern; the caller has made sure that this may be done, and writes it down."""
    kind, _colon, public_id = (concern.link or "").partition(":")
    if kind == "child":
        return Person(child=Child.objects.select_related("account").filter(public_id=public_id).first())
    if kind == "user":
        return Person(user=User.objects.filter(public_id=public_id).first())
    return NOBODY
