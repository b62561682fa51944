"""May this person open that, and why: the one place that decides.

Whatever opens a course, a report or a lesson asks here. What was bought is theirs; a plan (their own, or a guardian's)
opens its named services until it ends, in its trial too; a session may be paid by a credit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone

from catalog.catalogue.enums import ProductKind
from catalog.catalogue.models import Product
from payments.subscriptions.enums import Benefit
from payments.subscriptions.selectors import PlanAccess, plan_access

from .models import Entitlement


class By(StrEnum):
    """What opens it."""

    NONE = "none"
    PURCHASE = "purchase"
    PLAN = "plan"
    TRIAL = "trial"
    CREDIT = "credit"


@dataclass(frozen=True)
class Access:
    """The answer. `until`: when it ends by itself; None for what was bought, and for nothing."""

    opened: bool
    by: By = By.NONE
    until: datetime | None = None

    @property
    def is_by_plan(self) -> bool:
        """Whether a plan opens it, on trial or paid."""
        return self.by in (By.PLAN, By.TRIAL)


CLOSED = Access(opened=False)
#: What a plan calls the products of a kind.
_BENEFIT_OF = {ProductKind.COURSE: Benefit.COURSES, ProductKind.ASSESSMENT: Benefit.REPORTS}

#: Takes a person, a product and the time; returns until when a credit of theirs pays for it. The shop above registers it.
CreditHolder = Callable[[Any, Product, datetime], datetime | None]
_credit_holders: list[CreditHolder] = []


def register_credit_holder(holder: CreditHolder) -> None:
    """Let `holder` say whose credits pay for what; the last registration wins."""
    _credit_holders[:] = [holder]


def entitlement_for(user: Any, thing: Product | Benefit, *, now: datetime | None = None) -> Access:
    """Whether this person may open a product, or has a plan's named service."""
    if not user.is_authenticated:
        return CLOSED
    now = now or timezone.now()
    if isinstance(thing, Benefit):
        return access_by_plan(plan_access(user, now=now), thing)
    if Entitlement.objects.filter(user=user, product=thing, order_line__isnull=False, ended_at=None).exists():
        return Access(opened=True, by=By.PURCHASE)
    benefit = _BENEFIT_OF.get(ProductKind(thing.kind))
    if benefit is not None:
        return access_by_plan(plan_access(user, now=now), benefit) if thing.is_public else CLOSED
    until = _credit_holders[0](user, thing, now) if _credit_holders else None
    return Access(opened=True, by=By.CREDIT, until=until) if until else CLOSED


def access_by_plan(plan: PlanAccess | None, benefit: Benefit) -> Access:
    """What a person's plan says of one service."""
    if plan is None or benefit not in plan.benefits:
        return CLOSED
    return Access(opened=True, by=By.TRIAL if plan.is_trial else By.PLAN, until=plan.until)
