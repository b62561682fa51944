"""How long keys that ended, calls and sent news are kept: with the schedule in marketplace.consent.retention."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .enums import DeliveryState
from .models import ApiKey, IdempotentCall, WebhookDelivery, WebhookEndpoint


def _keys(cutoff: datetime) -> "QuerySet[Any]":
    return ApiKey.objects.filter(revoked_at__lt=cutoff)


def _addresses(cutoff: datetime) -> "QuerySet[Any]":
    return WebhookEndpoint.objects.filter(ended_at__lt=cutoff)


def _calls(cutoff: datetime) -> "QuerySet[Any]":
    return IdempotentCall.objects.filter(claimed_at__lt=cutoff)


def _news(cutoff: datetime) -> "QuerySet[Any]":
    return WebhookDelivery.objects.exclude(state=DeliveryState.WAITING).filter(happened_at__lt=cutoff)


_CLASSES = (
    RetentionClass(
        key="api_keys",
        title=_("已经停用的接口密钥"),
        basis="api_keys",
        expired=_keys,
        erase=deleted,
        subjects=("made_by__public_id",),
        dated="revoked_at",
    ),
    RetentionClass(
        key="webhook_endpoints",
        title=_("已经停用的通知地址"),
        basis="api_keys",
        expired=_addresses,
        erase=deleted,
        subjects=("made_by__public_id",),
        dated="ended_at",
    ),
    RetentionClass(
        key="idempotent_calls",
        title=_("程序请求的编号和结果"),
        basis="api_calls",
        expired=_calls,
        erase=deleted,
        subjects=("api_key__made_by__public_id",),
        dated="claimed_at",
    ),
    RetentionClass(
        key="webhook_deliveries",
        title=_("发给机构程序的通知"),
        basis="api_calls",
        expired=_news,
        erase=deleted,
        subjects=("endpoint__made_by__public_id",),
        dated="happened_at",
    ),
)


def register_retention() -> None:
    """Register the classes of the open interface."""
    for retention_class in _CLASSES:
        register(retention_class)
