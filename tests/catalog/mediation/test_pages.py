"""The pages of a dispute: the family's, the partner's, our staff's; and that nobody else finds them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.mediation.enums import CaseState
from catalog.mediation.models import Case, Evidence
from catalog.mediation.services import tend_cases
from marketplace.accounts.enums import Duty
from marketplace.core.audit.models import AuditEvent
from payments.models import Refund
from tests import factories
from tests.factories import signed_in
from tests.marketplace.core.uploads.made import picture

from .disputed import decided, finance, heard, later, opened, sent_line, support

pytestmark = pytest.mark.django_db


def page(user, name, *args):
    return signed_in(user).get(reverse(name, args=args))


def send(user, name, *args, **data):
    return signed_in(user).post(reverse(name, args=args), data, follow=True)


def seller_of(case):
    return case.line.partner.memberships.first().user


def test_a_family_opens_it_from_the_order_and_follows_it():
    line = sent_line()
    parent = line.order.user
    order_page = page(parent, "orders:detail", line.order.public_id).content.decode()
    assert reverse("mediation:open", args=[line.pk]) in order_page
    answer = send(parent, "mediation:open", line.pk, topic="goods", words="收到的时候是坏的").content.decode()
    assert "请它在" in answer and "收到的时候是坏的" in answer
    case = Case.objects.get()
    send(parent, "mediation:say", case.public_id, words="还有一张照片")
    assert Evidence.objects.get().words == "还有一张照片"
    assert "撤回" in page(parent, "mediation:detail", case.public_id).content.decode()
    send(parent, "mediation:withdraw", case.public_id)
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN
    assert case.get_topic_display() in page(parent, "mediation:index").content.decode()


def test_what_is_missing_is_said_beside_the_field():
    line = sent_line()
    answer = send(line.order.user, "mediation:open", line.pk, topic="goods")
    assert answer.status_code == 422 and "请写下发生了什么" in answer.content.decode()


@pytest.mark.parametrize("name", ["mediation:detail", "clinics:dispute", "backoffice:mediation_case"])
def test_strangers_find_nothing(name):
    case = heard()
    for stranger in (factories.make_parent(), factories.make_partner_staff(factories.make_partner())):
        response = page(stranger, name, case.public_id)
        assert response.status_code in (403, 404) and "坏的" not in response.content.decode()
    off_duty = factories.make_staff(duties=[Duty.REVIEW])
    assert page(off_duty, "backoffice:mediation_case", case.public_id).status_code == 403


def test_the_partner_answers_with_a_picture_and_both_sides_open_it():
    case = opened()
    seller = seller_of(case)
    assert "争议" in page(seller, "clinics:disputes").content.decode()
    upload = SimpleUploadedFile("寄出前.png", picture("PNG"), "image/png")
    send(seller, "clinics:dispute_say", case.public_id, words="寄出前检查过", upload=upload)
    given = Evidence.objects.get()
    assert given.file is not None
    for person, name in ((case.opened_by, "mediation:detail"), (seller, "clinics:dispute")):
        client = signed_in(person)
        shown = client.get(reverse(name, args=[case.public_id])).content.decode()
        link = next(part.split('"')[0] for part in shown.split('href="') if part.startswith("/files/"))
        assert client.get(link).status_code == 200
        assert signed_in(factories.make_parent()).get(link).status_code in (403, 404)


def test_looks_are_written_down():
    case = heard()
    page(seller_of(case), "clinics:dispute", case.public_id)
    page(support(), "backoffice:mediation_case", case.public_id)
    looks = AuditEvent.objects.filter(subject_id=case.opened_by.public_id)
    assert looks.count() >= 2


def test_our_staff_decide_and_the_family_reads_why():
    case, on_support = heard(), support()
    desk = page(on_support, "backoffice:mediation").content.decode()
    assert case.get_topic_display() in desk
    send(on_support, "backoffice:decide_mediation", case.public_id, cause="goods", amount="50.00", reasons="确实寄坏了")
    assert Refund.objects.get().amount_fen == 5_000
    shown = page(case.opened_by, "mediation:detail", case.public_id).content.decode()
    assert "确实寄坏了" in shown and "¥50" in shown and "请主管部门调解" in shown
    send(case.opened_by, "mediation:appeal", case.public_id, **{"appeal-words": "太少了"})
    case.refresh_from_db()
    assert case.state == CaseState.MEDIATING
    send(
        on_support, "backoffice:decide_mediation", case.public_id,
        cause="goods", amount="10", reasons="调解", reference="12 号",
    )  # fmt: skip
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    assert "12 号" in page(case.opened_by, "mediation:detail", case.public_id).content.decode()


def test_a_decision_that_waits_is_shown_to_our_staff_only():
    case, second = heard(sent_line(price_fen=90_000)), finance()
    decided(case, fen=50_000)
    assert "双方的说明都看了" not in page(case.opened_by, "mediation:detail", case.public_id).content.decode()
    assert "双方的说明都看了" not in page(seller_of(case), "clinics:dispute", case.public_id).content.decode()
    assert "双方的说明都看了" in page(second, "backoffice:mediation_case", case.public_id).content.decode()
    send(second, "backoffice:confirm_mediation", case.public_id, agrees="yes")
    assert Refund.objects.get().amount_fen == 50_000


def test_a_refusal_is_a_sentence():
    case, on_support = opened(), support()
    assert "机构在" in page(on_support, "backoffice:mediation_case", case.public_id).content.decode()
    tend_cases(now=later(days=4))
    answer = send(
        on_support, "backoffice:decide_mediation", case.public_id, cause="goods", amount="9999", reasons="x"
    ).content.decode()
    assert "退款超过了这一项还可以退的金额" in answer


def test_the_partner_is_not_shown_whose_session_it_was():
    from tests.catalog.order.placed import order_of, pay

    parent = factories.make_parent()
    pay(order_of(parent, factories.make_service(product={"title": "给考试睡不着的你"})))
    line = parent.orders.get().lines.select_related("order__user", "partner").get()
    factories.make_partner_staff(line.partner)
    case = opened(line, opened_by=parent)
    shown = page(seller_of(case), "clinics:dispute", case.public_id).content.decode()
    assert "预约服务" in shown and "给考试睡不着的你" not in shown and parent.children.get().nickname not in shown


@pytest.mark.parametrize("name", ["mediation:index", "clinics:disputes", "backoffice:mediation"])
def test_lists_ask_as_often_for_three_as_for_one(name):
    parent, partner, on_support = factories.make_parent(), factories.make_partner(), support()
    who = {"mediation:index": parent, "backoffice:mediation": on_support}
    counts = []
    for _ in range(3):
        opened(sent_line(parent, partner=partner))
        client = signed_in(who.get(name) or partner.memberships.first().user)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name))
        counts.append(len(queries))
    assert counts[0] == counts[2]
