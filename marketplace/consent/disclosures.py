"""The decision itself: pure, in memory, from facts that were read once for a page."""

from collections.abc import Callable, Collection
from datetime import date
from uuid import UUID

from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import User
from marketplace.families.age_rules import AgeRules, rules_on
from marketplace.families.enums import GuardianshipScope
from marketplace.families.models import Child

from .decisions import Decision, Membership
from .enums import DataItem, GivenAs, Purpose, Reach, Reason
from .rules import BOOKING_SCOPE_ITEMS, DUTY_ITEMS, DUTY_OF, WHOLE_ITEMS, reach
from .ties import Facts, Kind, Tie

_WITHIN_ORGANISATION = {Reach.SERVICE, Reach.CONSENT}
_BY_NAME = {Reach.SERVICE, Reach.CONSENT, Reach.PERSON}


class Disclosures:
    """What one viewer may see of some children, for one purpose, at one moment.

    Made by `selectors.disclosures` or `services.look`; asks the database nothing more.
    """

    def __init__(self, *, viewer: User, children: Collection[Child], purpose: Purpose, day: date, facts: Facts) -> None:
        self.viewer, self.purpose, self._day, self._facts = viewer, purpose, day, facts
        self._asked = {child.pk for child in children}
        self._ages: dict[int, AgeRules] = {}
        self._ties: dict[tuple[int, Kind], list[Tie]] = {}
        for tie in (tie for of_child in facts.ties.values() for tie in of_child):
            self._ties.setdefault((tie.child_id, tie.kind), []).append(tie)
        self._decided: dict[tuple[int, str, UUID | None], Decision] = {}

    def may_see(self, child: Child, item: DataItem, record: UUID | None = None) -> Decision:
        """Return whether the viewer may see an item of a child: one record of it, or (None) all of them."""
        key = (child.pk, item, None if item in WHOLE_ITEMS else record)
        if key not in self._decided:
            self._decided[key] = self._decide(child, item, key[2])
        return self._decided[key]

    def visible(self, child: Child) -> frozenset[DataItem]:
        """Return the items of which the viewer may see everything."""
        return frozenset(item for item in DataItem if self.may_see(child, item))

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """The organisations the viewer acts for."""
        return self._facts.memberships

    @property
    def duties(self) -> frozenset[str]:
        """What the viewer is on duty for now."""
        return self._facts.duties & set(self.viewer.duties) if self.viewer.role == Role.STAFF else frozenset()

    def _decide(self, child: Child, item: DataItem, record: UUID | None) -> Decision:
        if child.pk not in self._asked or not self.viewer.is_active:
            return Decision(False, Reason.NO_RELATION)
        for step in (_own, _age_rule, _service, _consent, _emergency, _override, _duty):
            decision = step(self, child, item, record)
            if decision:
                return decision
        return Decision(False, self._refusal(child, item))

    def ties(self, child: Child, kind: Kind) -> list[Tie]:
        return self._ties.get((child.pk, kind), [])

    def age_rules(self, child: Child) -> AgeRules:
        if child.pk not in self._ages:
            self._ages[child.pk] = rules_on(child.born_on, self._day)
        return self._ages[child.pk]

    def reaches(self, item: DataItem, organisation_id: UUID | None = None) -> set[Reach]:
        return {
            reach(membership.affiliation, item)
            for membership in self._facts.memberships
            if organisation_id is None or membership.organisation_id == organisation_id
        }

    def stands(self, tie: Tie, child: Child) -> bool:
        """Whether a consent counts now: not over, and agreed to by whoever decides at the child's age today."""
        rules = self.age_rules(child)
        if not tie.is_live or (rules.decides_alone and GivenAs.TEEN not in tie.words):
            return False
        return self.purpose != Purpose.GUARDIANSHIP or rules.is_adult or bool(self.ties(child, Kind.GUARDIAN))

    def opens(self, tie: Tie, item: DataItem) -> bool:
        """Whether the role matrix lets a consent open the item to this viewer."""
        if tie.grantee_id != self.viewer.public_id:
            return bool(self.reaches(item, tie.grantee_id) & _WITHIN_ORGANISATION)
        if self.viewer.role == Role.STAFF:
            return False
        reaches = self.reaches(item)
        return self.purpose == Purpose.GUARDIANSHIP or not reaches or bool(reaches & _BY_NAME)

    def _refusal(self, child: Child, item: DataItem) -> Reason:
        duty = DUTY_OF.get(self.purpose)
        if duty and self.viewer.role == Role.STAFF and duty not in self.duties:
            return Reason.OFF_DUTY
        if self.ties(child, Kind.GUARDIAN):
            return _guardian_refusal(self.age_rules(child), item)
        if self.reaches(item) == {Reach.AGGREGATE}:
            return Reason.AGGREGATE_ONLY
        consents = self.ties(child, Kind.CONSENT)
        if any(item in tie.items and not self.stands(tie, child) for tie in consents):
            return Reason.EXPIRED
        tied = consents or self.ties(child, Kind.KNOWN) or self.ties(child, Kind.SERVICE)
        return Reason.OUT_OF_SCOPE if tied or self.duties else Reason.NO_RELATION


Step = Callable[[Disclosures, Child, DataItem, UUID | None], Decision | None]


def _own(seen: Disclosures, child: Child, item: DataItem, record: UUID | None) -> Decision | None:
    is_own = child.account_id is not None and child.account_id == seen.viewer.pk
    return Decision(True, Reason.OWN) if is_own else None


def _age_rule(seen: Disclosures, child: Child, item: DataItem, record: UUID | None) -> Decision | None:
    for tie in seen.ties(child, Kind.GUARDIAN):
        is_full = GuardianshipScope.FULL in tie.words
        if item in seen.age_rules(child).guardian_sees and (is_full or item in BOOKING_SCOPE_ITEMS):
            return Decision(True, Reason.AGE_RULE)
    return None


def _service(seen: Disclosures, child: Child, item: DataItem, record: UUID | None) -> Decision | None:
    for tie in seen.ties(child, Kind.SERVICE):
        is_meant = item in tie.items and (item in WHOLE_ITEMS or tie.record is None or tie.record == record)
        if is_meant and Reach.SERVICE in seen.reaches(item, tie.grantee_id):
            return Decision(True, Reason.SERVICE)
    return None


def _consent(seen: Disclosures, child: Child, item: DataItem, record: UUID | None) -> Decision | None:
    for tie in seen.ties(child, Kind.CONSENT):
        is_meant = item in tie.items and (tie.record is None or tie.record == record)
        if is_meant and seen.stands(tie, child) and seen.opens(tie, item):
            return Decision(True, Reason.CONSENT, tie.consent_id)
    return None


def _emergency(seen: Disclosures, child: Child, item: DataItem, record: UUID | None) -> Decision | None:
    """What a family left for this case: to the provider who raised an emergency, and to our staff on safety duty."""
    is_staff_off_duty = seen.viewer.role == Role.STAFF and Duty.SAFETY not in seen.duties
    if seen.purpose != Purpose.SAFETY or is_staff_off_duty:
        return None
    is_meant = any(item in tie.items for tie in seen.ties(child, Kind.EMERGENCY))
    return Decision(True, Reason.EMERGENCY) if is_meant else None


def _override(seen: Disclosures, child: Child, item: DataItem, record: UUID | None) -> Decision | None:
    if seen.purpose == Purpose.SAFETY and Duty.SAFETY in seen.duties:
        for tie in seen.ties(child, Kind.OVERRIDE):
            if item in tie.items:
                return Decision(True, Reason.OVERRIDE, tie.consent_id)
    return None


def _duty(seen: Disclosures, child: Child, item: DataItem, record: UUID | None) -> Decision | None:
    duty = DUTY_OF.get(seen.purpose)
    if duty and duty in seen.duties and item in DUTY_ITEMS[duty, seen.purpose]:
        return Decision(True, Reason.DUTY)
    return None


def _guardian_refusal(rules: AgeRules, item: DataItem) -> Reason:
    if item == DataItem.CONCERN:
        return Reason.SAFETY_GATED
    return Reason.TEEN_PRIVATE if rules.decides_alone else Reason.CHILD_PRIVATE
