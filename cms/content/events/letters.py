"""E-mail to who signed up without an account."""

import logging

from django.core.mail import send_mail
from django.db import transaction

logger = logging.getLogger(__name__)


def write_to(address: str, subject: str, body: str) -> bool:
    """Send one neutral e-mail once the transaction is through; an address that fails stops nobody else."""
    transaction.on_commit(lambda: _send(address, subject, body), robust=True)
    return True


def _send(address: str, subject: str, body: str) -> None:
    send_mail(subject, body, None, [address], fail_silently=False)
