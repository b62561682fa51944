"""The interface for debits by contract (委托代扣)."""

import secrets

from payments.simulators.wechat.api import Answer
from payments.simulators.wechat.house import House
from payments.simulators.wechat.incoming import (
    Request,
    address_of,
    check_merchant,
    fen_of,
    number_of,
    text_of,
)
from payments.simulators.wechat.keys import PLAN_ID
from payments.simulators.wechat.news import contract_answer
from payments.simulators.wechat.records import ACCEPT, Contract, Order, WechatError

_DEVICE_FIELDS = frozenset(
    "device_type device_os device_id device_running_as_root device_ip weixin_installed weixin_version"
    " days_since_first_login".split()
)


def presign(house: House, request: Request, _found: dict[str, str]) -> Answer:
    """Open a session for signing, ten minutes long."""
    content = request.content()
    check_merchant(content)
    if content.get("sign_scene") not in ("SIGN_SCENE_QRCODE", "SIGN_SCENE_APP"):
        raise WechatError(400, "PARAM_ERROR", "sign_scene 有误")
    if content.get("plan_id") != int(PLAN_ID):
        raise WechatError(400, "PARAM_ERROR", "plan_id 有误")
    if _DEVICE_FIELDS - set(content.get("device_info") or {}):
        raise WechatError(400, "PARAM_ERROR", "device_info 不完整")
    contract = house.contracts.prepare(
        Contract(
            out_contract_code=number_of(content.get("out_contract_code"), kind="out_contract_code"),
            plan_id=content["plan_id"],
            display_account=text_of(content, "contract_display_account", 128),
            out_user_code=text_of(content, "out_user_code", 64),
            notify_url=address_of(content, "contract_notify_url"),
            return_url=str(content.get("return_url", "")),
            token=secrets.token_urlsafe(12),
            created_at=house.clock.now(),
        )
    )
    return {"pre_entrustweb_id": contract.token, "redirect_url": f"{request.base_url}/contract/{contract.token}"}


def contract_query(house: House, _request: Request, found: dict[str, str]) -> Answer:
    """A contract as it is now; one that was never signed does not exist."""
    return contract_answer(_contract(house, found))


def terminate(house: House, request: Request, found: dict[str, str]) -> Answer:
    """End a contract."""
    text_of(request.content(), "contract_termination_remark", 256)
    house.terminate(_contract(house, found), "MERCHANT_API")
    return None


def _contract(house: House, found: dict[str, str]) -> Contract:
    if found["plan"] != PLAN_ID:
        raise WechatError(404, "RESOURCE_NOT_EXISTS", "协议不存在")
    return house.contracts.get(found["number"])


def notice(house: House, request: Request, found: dict[str, str]) -> Answer:
    """Announce a debit to its payer."""
    content = request.content()
    check_merchant(content)
    # Unlike everywhere else the sum is called `amount` here.
    fen = fen_of({"amount": content.get("estimated_amount")}, "amount")
    house.contracts.announce(house.contracts.running(found["number"]), fen)
    return None


def debit(house: House, request: Request, _found: dict[str, str]) -> Answer:
    """Take a debit in; it is carried out a little later."""
    content = request.content()
    check_merchant(content)
    contract = house.contracts.running(text_of(content, "contract_id", 32))
    fen = fen_of(content)
    now = house.clock.now()
    wanted = Order(
        out_trade_no=number_of(content.get("out_trade_no")),
        trade_type="PAP",
        total_fen=fen,
        description=text_of(content, "description", 127 * 4),
        notify_url=address_of(content, "transaction_notify_url"),
        expires_at=now + 86400,
        created_at=now,
        token=secrets.token_urlsafe(12),
        prepay_id="",
        openid=contract.openid,
        contract_id=contract.contract_id,
    )
    if house.orders.find(wanted.out_trade_no) is None:
        house.contracts.check_debit(contract, fen)
        if any(o.contract_id == contract.contract_id and o.status == ACCEPT for o in house.orders.orders.values()):
            raise WechatError(400, "RULE_LIMIT", "上一笔扣款还在处理中")
    order = house.orders.place(wanted)
    if order is wanted:
        order.status, order.arrives_at, order.lacks_funds = ACCEPT, now + house.debit_seconds, contract.funds == "short"
        house.orders.keep(order)
        house.watch(order)
    return {"out_trade_no": order.out_trade_no, "amount": {"total": order.total_fen, "currency": "CNY"}}
