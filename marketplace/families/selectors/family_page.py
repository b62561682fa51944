"""What the family page shows, in a constant number of queries however many children there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from ..age_rules import AccountRule
from ..enums import GuardianshipScope
from ..models import Child, EndingRequest, Guardianship, Invitation
from ..rules import MOST_GUARDIANS
from ..wording import NextBirthday, guardian_does_not_see, guardian_sees, next_birthday
from .people import children_of, young_profile_of


@dataclass(frozen=True)
class GuardianRow:
    """One guardian, as the person who looks may deal with them."""

    guardianship: Guardianship
    is_me: bool
    may_end: bool
    may_ask: bool
    """Only our staff may end it; the person may ask them to."""
    has_asked: bool

    @property
    def name(self) -> str:
        """The name a family may see; never a phone number or an e-mail."""
        return self.guardianship.guardian.nickname


@dataclass(frozen=True)
class FamilyMember:
    """One young person with the people around them."""

    child: Child
    is_me: bool
    is_full: bool
    """Whether the person who looks may change things: a full guardian, or the young person."""
    guardians: Sequence[GuardianRow]
    invitations: Sequence[Invitation]
    sees: Sequence[str]
    keeps: Sequence[str]
    next_birthday: NextBirthday | None

    @property
    def can_invite_teen(self) -> bool:
        """Whether an account of the child's own can be invited now."""
        may = self.is_full and not self.is_me
        return may and self.child.account_id is None and self.child.rules.account != AccountRule.PARENT_ONLY

    @property
    def can_invite_guardian(self) -> bool:
        """Whether there is room for one more guardian."""
        return self.is_full and not self.child.rules.is_adult and len(self.guardians) < MOST_GUARDIANS


def families_of(user: Any) -> list[FamilyMember]:
    """Return the children a person cares for, each with guardians and open invitations; four queries."""
    children = list(children_of(user).select_related("account"))
    full = {child.pk for child in children if child.scope == GuardianshipScope.FULL}
    return _members(children, user, full)


def family_of_young(user: Any) -> FamilyMember | None:
    """Return a young person's own profile with the people around it, or None without one; four queries."""
    own = young_profile_of(user)
    return _members([own], user, {own.pk})[0] if own else None


def _members(children: Sequence[Child], user: Any, full: set[int]) -> list[FamilyMember]:
    today = timezone.localdate()
    guardians = _by_child(Guardianship.objects.in_force().filter(child__in=children).select_related("guardian"))
    invitations = _by_child(_open_invitations(children, user, full))
    asked = set(
        EndingRequest.objects.filter(asked_by_id=user.pk, answered_at=None).values_list("guardianship_id", flat=True)
    )
    return [
        _member(child, user, guardians[child.pk], invitations[child.pk], asked, child.pk in full, today)
        for child in children
    ]


def _by_child(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.child_id].append(row)
    return found


def _open_invitations(children: Sequence[Child], user: Any, full: set[int]) -> list[Invitation]:
    """A young person sees the invitations they sent; full guardians all; who only books sees none."""
    rows = Invitation.objects.filter(
        child__in=children, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    ).select_related("invited_by", "child")
    shown = [row for row in rows.order_by("created_at", "pk") if row.child_id in full]
    return [row for row in shown if row.child.account_id != user.pk or row.invited_by_id == user.pk]


def _member(
    child: Child,
    user: Any,
    guardianships: Sequence[Guardianship],
    invitations: Sequence[Invitation],
    asked: set[int],
    is_full: bool,
    today: date,
) -> FamilyMember:
    is_me = child.account_id == user.pk
    may_act = is_full and (not is_me or child.rules.decides_alone)
    return FamilyMember(
        child=child,
        is_me=is_me,
        is_full=is_full,
        guardians=[_guardian_row(row, user, may_act, row.pk in asked) for row in guardianships],
        invitations=invitations,
        sees=guardian_sees(child.rules),
        keeps=guardian_does_not_see(child.rules),
        next_birthday=next_birthday(child.born_on, today),
    )


def _guardian_row(row: Guardianship, user: Any, may_act: bool, has_asked: bool) -> GuardianRow:
    is_me = row.guardian_id == user.pk
    may_end = is_me or (may_act and row.invited_by_id == user.pk)
    return GuardianRow(row, is_me, may_end, may_act and not may_end, has_asked)
