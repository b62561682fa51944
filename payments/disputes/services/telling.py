"""Telling those who deal with money. Neutral words: nothing of what was paid for, nobody's name."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.accounts.duty.selectors import people_with
from marketplace.accounts.enums import Duty
from marketplace.core.formatting import short_day_text, yuan_text
from marketplace.notifications.services import notify
from payments.disputes.enums import DisputeState
from payments.disputes.models import Dispute


def tell_finance(dispute: Dispute) -> None:
    """Say in the app how a dispute stands now, once per state. Joins the caller's transaction."""
    path = reverse("finance:dispute", args=[dispute.public_id])
    with translation.override(settings.LANGUAGE_CODE):
        subject, body = _("银行卡争议"), _sentence(dispute)
    for person in people_with(Duty.FINANCE):
        key = f"dispute:{dispute.public_id}:{dispute.state}:{person.pk}"
        notify(key=key, recipient=person, subject=subject, body=body, url=path)


def _sentence(dispute: Dispute) -> str:
    amount = yuan_text(dispute.amount_fen)
    if dispute.state == DisputeState.WON:
        return _("一笔 {amount} 的银行卡争议判给了我们。").format(amount=amount)
    if dispute.state == DisputeState.LOST:
        return _("一笔 {amount} 的银行卡争议判给了付款人。").format(amount=amount)
    if dispute.state == DisputeState.UNDER_REVIEW:
        return _("一笔 {amount} 的银行卡争议正由银行审理。").format(amount=amount)
    if dispute.respond_by is None:
        return _("有一笔 {amount} 的银行卡争议等着答复。").format(amount=amount)
    day = short_day_text(dispute.respond_by)
    return _("有一笔 {amount} 的银行卡争议，请在 {day} 前答复。").format(amount=amount, day=day)
