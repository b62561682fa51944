"""Somebody's place at an organisation, as the frame of its portal and every door of it ask."""

from dataclasses import dataclass

from marketplace.accounts.models import User

from ..enums import TeamRole
from ..models import Partner
from .rules import POWERS, Power


@dataclass(frozen=True)
class Seat:
    """One person at one organisation. Who gives care there without being in its team sits as a carer."""

    partner: Partner
    role: TeamRole
    user: User

    def _has(self, power: Power) -> bool:
        return power in POWERS[self.role]

    @property
    def is_manager(self) -> bool:
        return self.role == TeamRole.MANAGER

    @property
    def may_see_care(self) -> bool:
        """Whether any page about children opens: everybody's, or a carer's own."""
        return self._has(Power.CARE) or self.role == TeamRole.CARER

    @property
    def sees_everybodys_care(self) -> bool:
        return self._has(Power.CARE)

    @property
    def may_manage_orders(self) -> bool:
        return self._has(Power.ORDERS)

    @property
    def may_manage_money(self) -> bool:
        return self._has(Power.MONEY)

    @property
    def may_manage_offer(self) -> bool:
        return self._has(Power.OFFER)

    @property
    def may_manage_team(self) -> bool:
        return self._has(Power.TEAM)
