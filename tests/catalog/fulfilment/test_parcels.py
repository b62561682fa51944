"""Parcels on their way: what carriers may tell us, what a family reads of it, and what stands on the label."""

import base64
import re
import zlib
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from catalog.fulfilment.enums import ShipmentStatus, TrackingKind
from catalog.fulfilment.label import label_of
from catalog.fulfilment.models import Shipment, TrackingEvent
from catalog.fulfilment.tracking import News, note_tracking
from payments.settlement.models import Earning
from tests.catalog.mediation.disputed import sent_line
from tests.factories import make_parent, make_partner, make_partner_staff, signed_in
from tests.support.carrier import Carrier

pytestmark = pytest.mark.django_db
KEY = settings.CARRIERS["shili"]["key"]


@pytest.fixture
def shipment():
    return Shipment.objects.get(order=sent_line().order)


@pytest.fixture
def carrier():
    return Carrier("", code="shili", key=KEY)


def post(carrier, **told):
    raw, headers = carrier.message(**({"tracking_number": "SF1"} | told))
    names = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return Client().post(carrier.address, raw, content_type="application/json", **names).status_code


def test_a_family_reads_where_its_parcel_is(shipment, carrier):
    assert post(carrier, event_id="1", kind="collected", place="上海市") == 200
    assert post(carrier, event_id="2", kind="moving", place="苏州市") == 200
    client = signed_in(shipment.order.user)
    for path in (f"/orders/{shipment.order.public_id}/", "/mine/parcels/"):
        shown = client.get(path).content.decode()
        assert "运输中" in shown and "苏州市" in shown and "已揽收" in shown


def test_the_same_is_heard_once_and_order_does_not_matter(shipment, carrier):
    early = (timezone.now() - timedelta(hours=3)).isoformat()
    for _ in range(2):
        assert post(carrier, event_id="2", kind="near") == 200
        assert post(carrier, event_id="1", kind="collected", happened_at=early) == 200
    assert [event.kind for event in shipment.tracking.all()] == ["near", "collected"]


def test_what_arrived_counts_as_received_and_its_money_comes_sooner(shipment, carrier):
    before = Earning.objects.get().available_at
    assert post(carrier, event_id="9", kind="delivered") == 200
    shipment.refresh_from_db()
    assert shipment.status == ShipmentStatus.DELIVERED and shipment.delivered_at is not None
    assert Earning.objects.get().available_at < before
    assert post(carrier, event_id="10", kind="delivered") == 200  # told again under another number
    first = shipment.delivered_at
    shipment.refresh_from_db()
    assert shipment.delivered_at == first


@pytest.mark.parametrize(
    "told",
    [
        {"key": "somebody else's"},
        {"age": 600},
        {"age": -600},
        {"kind": "treated"},
        {"happened_at": "gestern"},
        {"event_id": ""},
    ],
)
def test_what_is_not_signed_just_now_or_not_readable_changes_nothing(shipment, carrier, told):
    assert post(carrier, **told) == 400
    assert not TrackingEvent.objects.exists()


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b'"x"', b"\xff", b"[" * 5000])
def test_any_bytes_at_all(shipment, raw):
    response = Client().post("/mine/parcels/carriers/shili/", raw, content_type="application/json")
    assert response.status_code == 400


def test_a_carrier_nobody_knows_and_a_parcel_that_is_not_ours(shipment, carrier):
    assert Client().post("/mine/parcels/carriers/nobody/", b"{}", content_type="application/json").status_code == 404
    assert post(carrier, tracking_number="OTHER", kind="delivered") == 200  # and learns nothing
    assert not TrackingEvent.objects.exists()


def test_nothing_happens_later_than_now_nor_before_it_left(shipment, carrier):
    post(carrier, event_id="1", kind="delivered", happened_at=(timezone.now() + timedelta(days=3)).isoformat())
    shipment.refresh_from_db()
    assert shipment.shipped_at <= shipment.delivered_at <= timezone.now()


def test_an_earlier_arrival_than_leaving_is_the_leaving(shipment):
    news = News("1", "SF1", TrackingKind.DELIVERED, shipment.shipped_at - timedelta(days=1), "")
    assert note_tracking(carrier="shili", news=news)
    shipment.refresh_from_db()
    assert shipment.delivered_at == shipment.shipped_at


def test_it_speaks_over_http(transactional_db, gunicorn_server):
    shipment = Shipment.objects.get(order=sent_line().order)
    speaking = Carrier(gunicorn_server, code="shili", key=KEY)
    assert speaking.tell(tracking_number="SF1", kind="near", place="徐汇区") == 200
    assert speaking.tell(tracking_number="SF1", kind="near", key="wrong") == 400
    assert shipment.tracking.get().place == "徐汇区"


class TestTheLabel:
    def words(self, content):
        """What stands on the page: its stream unpacked, its strings read."""
        (packed,) = re.findall(rb"stream\r?\n(.+?)endstream", content, re.DOTALL)
        page = zlib.decompress(base64.a85decode(packed.strip().removesuffix(b"~>")))
        octal = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
        said = re.findall(rb"\(((?:\\.|[^\\()])*)\) Tj", page, re.DOTALL)
        plain = (octal.sub(lambda m: bytes([int(m[1], 8)]) if len(m[1]) == 3 else m[1], each) for each in said)
        return "".join(each.decode("utf-16-be") for each in plain)

    def test_it_says_where_to_and_nothing_of_what_it_is(self, shipment):
        line = shipment.lines.get()
        type(line).objects.update(title="考前减压玩具")
        words = self.words(label_of(shipment))
        assert "小林妈妈" in words and "示例路" in words and "日用品" in words and shipment.order.number in words
        for secret in ("减压", "心理", "心桥", "咨询", shipment.partner.name):
            assert secret not in words
        assert "心桥".encode("utf-16-be") not in label_of(shipment)

    def test_only_its_seller_prints_it(self, shipment):
        path = f"/clinic/shipments/{shipment.public_id}/label/"
        seller = shipment.partner.memberships.first().user
        answer = signed_in(seller).get(path)
        assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
        for stranger in (make_parent(), make_partner_staff(make_partner())):
            assert signed_in(stranger).get(path).status_code == 404
