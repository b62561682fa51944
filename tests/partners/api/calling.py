"""A partner with its people, and a program that calls with a key."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client

from catalog.partner.models import Partner
from catalog.scheduling.models import HealthcareService, Provider
from marketplace.accounts.models import User
from partners.api.enums import Scope
from partners.api.models import ApiKey
from partners.api.services import make_key
from tests import factories


@dataclass
class Organisation:
    """A clinic whose manager made a key."""

    partner: Partner
    manager: User
    provider: Provider
    service: HealthcareService
    key: ApiKey
    secret: str


class Program:
    """Calls as a partner's program does: with the key, without a browser's cookies."""

    def __init__(self, secret: str = "") -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"} if secret else {})

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/{path}", query)

    def post(self, path: str, body: Any = None, *, name: str | None = None) -> Any:
        """Send a body under a name of its own, unless one is given."""
        headers = {"Idempotency-Key": uuid4().hex if name is None else name}
        return self.client.post(f"/api/{path}", body or {}, content_type="application/json", headers=headers)


def make_organisation(*scopes: Scope, **fields: Any) -> Organisation:
    """A clinic with one provider, one service, and a key that may do these things (all unless named)."""
    partner = factories.make_partner(**fields)
    manager = factories.make_partner_staff(partner)
    provider = factories.make_provider(partner=partner)
    service = factories.make_service(provider)
    made = make_key(partner=partner, made_by=manager, label="排班程序", scopes=scopes or tuple(Scope))
    return Organisation(partner, manager, provider, service, made.key, made.secret)
