"""Messages about fapiao; fit for a stranger's eyes."""

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.core.formatting import yuan_text
from marketplace.notifications.services import notify
from payments.fapiao.models import FapiaoRequest


def tell_issued(fapiao: FapiaoRequest) -> None:
    """It is in the mail."""
    body = _("{sum} 的发票已开好，发到你填的邮箱。").format(sum=yuan_text(fapiao.amount_fen))
    _tell(fapiao, "issued", _("发票已开好"), body)


def tell_failed(fapiao: FapiaoRequest) -> None:
    """It could not be issued, and why."""
    _tell(fapiao, "failed", _("发票没有开成"), str(fapiao.get_fail_reason_display()))


def tell_reversed(fapiao: FapiaoRequest) -> None:
    """It was undone."""
    _tell(fapiao, "reversed", _("发票已红冲"), _("原来的发票已经红冲，请不要再用它报销。"))


def _tell(fapiao: FapiaoRequest, what: str, subject: str, body: str) -> None:
    notify(
        key=f"fapiao:{fapiao.public_id}:{what}",
        recipient=fapiao.asked_by,
        subject=subject,
        body=body,
        url=reverse("fapiao:request", args=[fapiao.intent.public_id]),
    )
