"""What is written about people besides what allauth writes."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import transaction

from .models import Agreement, AgreementAcceptance, User


def accept_agreements(*, user: User, agreements: Iterable[Agreement]) -> None:
    """Note that a person accepted these versions, each once, with the time of the first acceptance."""
    AgreementAcceptance.objects.bulk_create(
        [AgreementAcceptance(user=user, agreement=agreement) for agreement in agreements], ignore_conflicts=True
    )


def set_nickname(*, user: User, nickname: str) -> None:
    """Change how a person is called."""
    user.nickname = nickname
    user.save(update_fields=["nickname"])


@transaction.atomic
def forget_unproven_credentials(*, user: User) -> None:
    """Take away the password and e-mail of an account whose phone was never proven by whoever made it.

    Anyone can sign up with a stranger's number and a password of their own. When the holder of the number later
    signs in by SMS, the account becomes theirs, and what the other one left must not open it.
    """
    user.set_unusable_password()
    user.email = None
    user.save(update_fields=["password", "email"])
    EmailAddress.objects.filter(user=user).delete()
