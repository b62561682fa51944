"""Talks to sign up for."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.content.models import Event

from .counting import next_number


def make_event(**fields: Any) -> Event:
    """A published talk next week with ten seats."""
    number = next_number()
    starts_at = fields.pop("starts_at", timezone.now() + timedelta(days=7))
    values = {
        "slug": f"talk-{number}",
        "title": "考前和孩子怎么说话",
        "summary": "一个半小时，说说考前家里的气氛。",
        "description": "先听一个小故事，再分组说说自己家。",
        "speaker": "周宁（示例）",
        "address": "示例社区文化站二楼",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "seats": 10,
        "is_published": True,
        "is_example": True,
    }
    return Event.objects.create(**values | fields)
