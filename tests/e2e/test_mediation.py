"""A dispute in a browser: a family opens it, the seller answers, our desk decides, the family asks for the authority."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from catalog.mediation.models import Case
from marketplace.accounts.enums import Duty
from payments.models import Refund
from tests.catalog.mediation.disputed import sent_line
from tests.factories import make_staff
from tests.support.browser import both_widths, enter_as
from tests.support.carrier import Carrier

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600), both_widths]


def test_from_the_order_to_the_authority(page: Any, gunicorn_server: str, look: Callable[[Any], None]) -> None:
    site = gunicorn_server
    page.context.set_default_timeout(60_000)
    line = sent_line(price_fen=12_800)
    order, seller = line.order, line.partner.memberships.first().user
    told = Carrier(site, code="shili", key=settings.CARRIERS["shili"]["key"])
    assert told.tell(tracking_number="SF1", kind="near", place="徐汇区") == 200

    enter_as(page, site, order.user)
    page.goto(f"{site}/orders/{order.public_id}/")
    assert page.get_by_text("派送中").first.is_visible()
    look(page)
    page.get_by_role("link", name="提出争议").click()
    page.get_by_label("商品有问题，或没收到").check(force=True)
    page.get_by_label("发生了什么").fill("收到的时候外盒压扁了")
    look(page)
    page.get_by_role("button", name="提交").click()
    page.get_by_text("已经提交").wait_for()
    case = Case.objects.get()

    enter_as(page, site, seller)
    page.goto(f"{site}/clinic/orders/")
    look(page)
    page.get_by_text(order.number).click()
    look(page)
    page.goto(f"{site}/clinic/disputes/")
    look(page)
    page.goto(f"{site}/clinic/disputes/{case.public_id}/")
    page.get_by_label("补充说明").fill("寄出前是完好的，可能路上压到")
    look(page)
    page.get_by_role("button", name="提交说明").click()
    page.get_by_text("已记下，并告诉了家长").wait_for()

    enter_as(page, site, make_staff(duties=[Duty.SUPPORT]))
    page.goto(f"{site}/backoffice/disputes/")
    look(page)
    page.get_by_text("商品有问题").click()
    page.get_by_label("商品或寄送原因").check(force=True)
    page.get_by_label("退多少元").fill("20")
    page.get_by_label("理由").fill("路上压坏，由机构承担")
    look(page)
    page.get_by_role("button", name="决定，告诉双方").click()
    page.get_by_text("已决定，双方会收到消息").wait_for()
    assert Refund.objects.get().amount_fen == 2_000

    enter_as(page, site, order.user)
    page.goto(f"{site}/disputes/{case.public_id}/")
    assert page.get_by_text("路上压坏，由机构承担").is_visible()
    look(page)
    page.get_by_label("为什么不同意").fill("卡片也坏了")
    page.get_by_role("button", name="请主管部门调解").click()
    page.get_by_text("已转给主管部门调解").wait_for()
    page.goto(f"{site}/disputes/")
    look(page)
