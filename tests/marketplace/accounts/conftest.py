import re

import pytest

PHONE = "+8613800001111"


@pytest.fixture
def last_code(settings):
    """`last_code(address)`: the six digits last sent to a phone or an e-mail address, read from the outbox."""

    from marketplace.notifications.models import Message

    # Django's test runner keeps e-mails in a list of its own; the demo keeps them in the outbox.
    settings.EMAIL_BACKEND = "marketplace.notifications.email.OutboxEmailBackend"

    def read(address: str = PHONE) -> str:
        message = Message.objects.filter(address=address).order_by("-pk").first()
        assert message, f"nothing was sent to {address}"
        found = re.search(r"\b\d{6}\b", message.body)
        assert found, message.body
        return found.group()

    return read


@pytest.fixture
def signup_data(db):
    """A valid sign-up by phone; other fields by keyword."""

    from marketplace.accounts.selectors import agreements_in_force

    def build(**fields: str) -> dict[str, str]:
        versions = ",".join(str(agreement.pk) for agreement in agreements_in_force())
        data = {"by": "phone", "phone": "138 0000 1111", "nickname": "林女士", "agree": "on", "versions": versions}
        return data | fields

    return build
