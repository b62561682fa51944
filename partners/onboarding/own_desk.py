"""Our reviewers' desk, for the page of all desks."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.duty.desks import Desk, DeskGroup, counted
from marketplace.accounts.enums import Duty

from .selectors import queue

REVIEW_DESK = Desk(
    DeskGroup.REVIEW,
    _("入驻审核"),
    _("等我们看的申请"),
    "building",
    "onboarding:desk",
    Duty.REVIEW,
    waiting=lambda: counted(queue(), "submitted_at"),
)
