"""Keys, calls and news of partners' programs that have ended."""

from datetime import datetime
from uuid import uuid4

from marketplace.accounts.models import User
from partners.api.enums import DeliveryState, EventKind, Scope
from partners.api.models import ApiKey, IdempotentCall, WebhookDelivery, WebhookEndpoint
from tests import factories

from .made import DAY, Made, maker


def _key(user: User, **fields: object) -> ApiKey:
    return ApiKey.objects.create(
        partner=factories.make_partner(),
        made_by=user,
        label="排班程序",
        prefix=f"xq_{uuid4().hex[:8]}",
        digest=uuid4().hex,
        scopes=[Scope.CALENDAR_READ],
        **fields,
    )


def _endpoint(user: User, **fields: object) -> WebhookEndpoint:
    return WebhookEndpoint.objects.create(
        partner=factories.make_partner(),
        made_by=user,
        address="https://example.com/hook",
        secret="whsec",
        events=[EventKind.ORDER_PAID],
        **fields,
    )


@maker("api_keys")
def _ended_key(at: datetime) -> Made:
    user = factories.make_user()
    return Made(_key(user, made_at=at - DAY, revoked_at=at), user.public_id)


@maker("webhook_endpoints")
def _ended_endpoint(at: datetime) -> Made:
    user = factories.make_user()
    return Made(_endpoint(user, made_at=at - DAY, ended_at=at), user.public_id)


@maker("idempotent_calls")
def _call(at: datetime) -> Made:
    user = factories.make_user()
    row = IdempotentCall.objects.create(api_key=_key(user), name=uuid4().hex, request_digest="f", claimed_at=at)
    return Made(row, user.public_id)


@maker("webhook_deliveries")
def _news(at: datetime) -> Made:
    user = factories.make_user()
    row = WebhookDelivery.objects.create(
        endpoint=_endpoint(user), kind=EventKind.ORDER_PAID, payload={}, state=DeliveryState.FAILED, happened_at=at
    )
    return Made(row, user.public_id)
