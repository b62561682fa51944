"""Telling those who deal with money. Neutral words: nothing of what was paid for, nobody's name."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.core.money import yuan_from_fen
from marketplace.notifications.services import notify
from payments.disputes.enums import DisputeState
from payments.disputes.models import Dispute
from payments.disputes.selectors import finance_staff


def tell_finance(dispute: Dispute) -> None:
    """Say in the app how a dispute stands now, once per state. Joins the caller's transaction."""
    path = reverse("finance:dispute", args=[dispute.public_id])
    with translation.override(settings.LANGUAGE_CODE):
        subject, body = _("银行卡争议"), _sentence(dispute)
    for person in finance_staff():
        key = f"dispute:{dispute.public_id}:{dispute.state}:{person.pk}"
        notify(key=key, recipient=person, subject=subject, body=body, url=path)


def _sentence(dispute: Dispute) -> str:
    yuan = yuan_from_fen(dispute.amount_fen)
    if dispute.state == DisputeState.WON:
        return _("一笔 {yuan} 元的银行卡争议判给了我们。").format(yuan=yuan)
    if dispute.state == DisputeState.LOST:
        return _("一笔 {yuan} 元的银行卡争议判给了付款人。").format(yuan=yuan)
    if dispute.state == DisputeState.UNDER_REVIEW:
        return _("一笔 {yuan} 元的银行卡争议正由银行审理。").format(yuan=yuan)
    if dispute.respond_by is None:
        return _("有一笔 {yuan} 元的银行卡争议等着答复。").format(yuan=yuan)
    day = date_format(timezone.localtime(dispute.respond_by), _("n月j日"))
    return _("有一笔 {yuan} 元的银行卡争议，请在 {day} 前答复。").format(yuan=yuan, day=day)
