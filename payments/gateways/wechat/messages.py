"""Reading what WeChat tells us by itself."""

from collections.abc import Mapping
from typing import Any

from payments.enums import EventAbout
from payments.gateways.base import BadSignature, WebhookHint
from payments.gateways.wechat.wire import foreign_fields


def hint_of(event: Mapping[str, Any], content: Mapping[str, Any], *, ours: Mapping[str, str]) -> WebhookHint:
    """A verified message, reduced to whom it concerns. Raises BadSignature for one that lacks what it must have."""
    try:
        kind, event_id = str(event["event_type"]), str(event["id"])
        if kind.startswith("TRANSACTION."):
            about, ref, fen = EventAbout.TRADE, "", int(content["amount"]["total"])
        elif kind.startswith("REFUND."):
            # `total` is the order's, which is what is compared; how much went back is asked for.
            about, ref, fen = EventAbout.REFUND, str(content["out_refund_no"]), int(content["amount"]["total"])
        elif kind.startswith("ENTRUST."):
            about, ref, fen = EventAbout.AGREEMENT, str(content["out_contract_code"]), None
        else:
            about, ref, fen = EventAbout.OTHER, "", None
        out_trade_no = str(content["out_trade_no"]) if about in (EventAbout.TRADE, EventAbout.REFUND) else ""
    except (KeyError, ValueError, TypeError) as error:
        raise BadSignature("incomplete") from error
    return WebhookHint(
        event_id=event_id,
        kind=kind[:64],
        out_trade_no=out_trade_no,
        amount_fen=fen,
        foreign=foreign_fields(content, ours),
        about=about,
        ref=ref,
    )
