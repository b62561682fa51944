"""A manager makes a key, adds an address and reads how the interface is used, on a phone and at a desk."""

import pytest

from partners.api.enums import DeliveryState, EventKind
from partners.api.models import WebhookDelivery, WebhookEndpoint
from tests.factories import make_partner, make_partner_staff
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]


def test_keys_addresses_and_the_guide(gunicorn_server, page, look):
    site, partner = gunicorn_server, make_partner(name="示例青禾")
    manager = make_partner_staff(partner, nickname="温店长")
    endpoint = WebhookEndpoint.objects.create(
        partner=partner,
        made_by=manager,
        address="https://hooks.example.com/xinqiao/of-a-rather-long-name/and-a-path",
        secret="whsec_of_nobody",
        events=[EventKind.BOOKING_BOOKED, EventKind.BOOKING_CANCELLED],
    )
    for state in (DeliveryState.FAILED, DeliveryState.WAITING):
        WebhookDelivery.objects.create(
            endpoint=endpoint, kind=EventKind.BOOKING_BOOKED, payload={}, state=state, attempts=3, trouble="timeout"
        )
    enter_as(page, site, manager)

    page.goto(f"{site}/developers/keys/")
    look(page)
    page.get_by_label("给这把密钥起个名字").fill("排班系统")
    page.get_by_label("读日历和空余时间").check()
    page.locator("main form button.btn--primary").click()
    assert page.locator("#new-key").input_value().startswith("xq_")
    look(page)
    page.goto(f"{site}/developers/webhooks/")
    look(page)
    page.get_by_role("link", name="送出记录").click()
    look(page)
    page.goto(f"{site}/developers/")
    look(page)
