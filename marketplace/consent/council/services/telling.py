"""Messages about the council: that something happened, never what."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.notifications.services import notify

from ...complaints.selectors import officers_on_duty_or_next
from ..models import Proposal, Question


def tell_staff_of_question(question: Question, key: str, body: str, now: datetime) -> None:
    """Tell whoever is on privacy duty, or next, once per key."""
    _tell_staff(f"council:{question.public_id}:{key}", body, reverse("council:case", args=[question.public_id]), now)


def tell_staff_of_proposal(proposal: Proposal, key: str, body: str, now: datetime) -> None:
    """The same about a proposal."""
    url = reverse("council:proposal", args=[proposal.public_id])
    _tell_staff(f"council:{proposal.public_id}:{key}", body, url, now)


def tell_proposer(proposal: Proposal) -> None:
    """Tell a young person that there is an answer."""
    account = proposal.child.account
    if account is None:
        return
    notify(
        key=f"council:{proposal.public_id}:answered",
        recipient=account,
        subject=_("少年议事"),
        body=_("你的提议有回复了，登录后可以看。"),
        url=reverse("council:propose"),
    )


def _tell_staff(key: str, body: str, url: str, now: datetime) -> None:
    for officer in officers_on_duty_or_next(now):
        notify(key=f"{key}:{officer.pk}", recipient=officer, subject=_("少年议事"), body=body, url=url)
