"""May this person?"""

from typing import Any

from marketplace.accounts.enums import Role
from payments.minors import may_sign_agreement
from payments.subscriptions.models import Subscription


def may_take_plan(user: Any) -> bool:
    """Whether this person may sign for a plan: an adult of a family, never a minor."""
    return may_sign_agreement(user) and user.role == Role.FAMILY


def may_manage(user: Any, subscription: Subscription) -> bool:
    """Whether this plan is theirs."""
    return bool(user.is_authenticated) and subscription.user_id == user.pk
