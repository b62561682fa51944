"""The interface for merchants: orders and refunds, and the certificates to check answers with."""

import secrets
from collections.abc import Callable
from typing import Any

from payments.simulators.wechat.house import House
from payments.simulators.wechat.incoming import (
    Request,
    address_of,
    check_merchant,
    end_of,
    fen_of,
    number_of,
    text_of,
)
from payments.simulators.wechat.keys import MCHID
from payments.simulators.wechat.news import order_answer, refund_answer
from payments.simulators.wechat.records import Order, WechatError
from payments.simulators.wechat.times import rfc3339

Answer = dict[str, Any] | None
"""None is 204, without a body."""
Handler = Callable[[House, Request, dict[str, str]], Answer]


def _wanted(house: House, content: dict[str, Any], trade_type: str) -> Order:
    check_merchant(content)
    settle = content.get("settle_info") or {}
    return Order(
        out_trade_no=number_of(content.get("out_trade_no")),
        trade_type=trade_type,
        total_fen=fen_of(content),
        description=text_of(content, "description", 127 * 4),
        notify_url=address_of(content, "notify_url"),
        expires_at=end_of(content, house.clock.now()),
        created_at=house.clock.now(),
        token=secrets.token_urlsafe(12),
        prepay_id=f"wx{secrets.token_hex(17)}",
        splits=settle.get("profit_sharing") is True,
    )


def native(house: House, request: Request, _found: dict[str, str]) -> Answer:
    """An order for a code to scan."""
    order = house.orders.place(_wanted(house, request.content(), "NATIVE"))
    return {"code_url": f"{request.base_url}/scan/{order.token}"}


def h5(house: House, request: Request, _found: dict[str, str]) -> Answer:
    """An order for a phone's browser; the address is good for five minutes."""
    content = request.content()
    wanted = _wanted(house, content, "MWEB")
    scene = content.get("scene_info") or {}
    wanted.payer_ip = text_of(scene, "payer_client_ip", 45)
    if (scene.get("h5_info") or {}).get("type") not in ("Wap", "iOS", "Android"):
        raise WechatError(400, "PARAM_ERROR", "scene_info.h5_info.type 有误")
    order = house.orders.place(wanted)
    until = int(house.clock.now()) + 300
    return {"h5_url": f"{request.base_url}/h5/{order.token}?until={until}"}


def jsapi(house: House, request: Request, _found: dict[str, str]) -> Answer:
    """An order for a page inside WeChat, for one person alone."""
    content = request.content()
    wanted = _wanted(house, content, "JSAPI")
    wanted.openid = text_of(content.get("payer") or {}, "openid", 128)
    if not house.people.knows(wanted.openid):
        raise WechatError(400, "INVALID_REQUEST", "appid和openid不匹配")
    return {"prepay_id": house.orders.place(wanted).prepay_id}


def query(house: House, request: Request, found: dict[str, str]) -> Answer:
    """An order as it is now."""
    if request.asked("mchid") != MCHID:
        raise WechatError(400, "PARAM_ERROR", "mchid 有误")
    return order_answer(house.orders.get(found["number"]))


def close(house: House, request: Request, found: dict[str, str]) -> Answer:
    """End an unpaid order."""
    content = request.content()
    if content.get("mchid") != MCHID:
        raise WechatError(400, "PARAM_ERROR", "mchid 有误")
    house.orders.close(found["number"])
    return None


def refund(house: House, request: Request, _found: dict[str, str]) -> Answer:
    """Take a refund in; it is done later."""
    content = request.content()
    if content.get("transaction_id"):
        order = house.orders.by("transaction_id", content["transaction_id"])
        if order is None:
            raise WechatError(404, "RESOURCE_NOT_EXISTS", "订单不存在")
    else:
        order = house.orders.find(number_of(content.get("out_trade_no")))
        if order is None:
            raise WechatError(404, "RESOURCE_NOT_EXISTS", "订单不存在")
    done, is_new = house.refunds.ask(
        order,
        out_refund_no=number_of(content.get("out_refund_no"), kind="out_refund_no"),
        fen=fen_of(content, "refund"),
        total_fen=fen_of(content, "total"),
        notify_url=address_of(content, "notify_url", required=False),
    )
    answer = refund_answer(order, done)
    if is_new:
        house.watch_refund(order, done)
    return answer


def refund_query(house: House, _request: Request, found: dict[str, str]) -> Answer:
    """A refund as it is now."""
    return refund_answer(*house.refunds.get(found["number"]))


def certificates(house: House, _request: Request, _found: dict[str, str]) -> Answer:
    """The platform certificates, encrypted; merchants that came late have only the public key."""
    if not house.gives_certificates:
        raise WechatError(404, "RESOURCE_NOT_EXISTS", "无可用的平台证书，请使用微信支付公钥")
    now = house.clock.now()
    return {
        "data": [
            {
                "serial_no": seal.serial,
                "effective_time": rfc3339(now - 86400),
                "expire_time": rfc3339(now + 5 * 365 * 86400),
                "encrypt_certificate": house.seals.encrypted(seal.certificate.decode(), "certificate"),
            }
            for seal in house.seals.certificates
        ]
    }
