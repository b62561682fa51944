"""What an applicant is told, in words that say nothing to a stranger."""

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.notifications.services import notify

from .models import Application


def tell(application: Application, *, key: str, body: str) -> None:
    """Tell the applicant once that something happened."""
    if application.applicant is None:
        return
    notify(
        key=f"application:{application.public_id}:{key}",
        recipient=application.applicant,
        subject=_("机构入驻申请"),
        body=body,
        url=reverse("onboarding:application", args=[application.public_id]),
    )
