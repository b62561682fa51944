"""Messages about consent. Fit for a stranger's eyes: nobody's name, no organisation, no item."""

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.families.models import Guardianship
from marketplace.families.selectors import guardians_of
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from .. import rules
from ..enums import GivenAs
from ..models import Consent, SafetyOverride


def tell_waiting(consent: Consent, *, besides: User) -> None:
    """Tell whoever has yet to agree that a question waits, in the app alone: nobody is pressed for an answer."""
    for person in _deciders(consent):
        if person.pk != besides.pk:
            notify(
                key=f"consent:{consent.pk}:{person.pk}",
                recipient=person,
                subject=_("有一个请求等你决定"),
                body=_("有人想看一些信息，给不给看由你决定。不急，什么时候回答都可以。"),
                url=reverse("consent:index"),
                channels=[Channel.IN_APP],
            )


def tell_override(override: SafetyOverride) -> None:
    """Tell the young person that a safety exception was made."""
    account = override.child.account
    if account is not None:
        notify(
            key=f"override:{override.pk}",
            recipient=account,
            subject=_("为了安全，有人看了你的一些信息"),
            body=_(
                "两名工作人员为了安全，一起决定看你的一些信息。看了什么、看到什么时候，都可以在「谁可以看什么」里看到。"
            ),
            url=reverse("consent:index"),
            channels=[Channel.IN_APP],
        )


def _deciders(consent: Consent) -> list[User]:
    needed = rules.still_needed(consent)
    people: list[User] = []
    if GivenAs.TEEN in needed and consent.child.account is not None:
        people.append(consent.child.account)
    if GivenAs.GUARDIAN in needed:
        guardianships: list[Guardianship] = [g for g in guardians_of(consent.child) if g.scope == "full"]
        people += [guardianship.guardian for guardianship in guardianships]
    return people
