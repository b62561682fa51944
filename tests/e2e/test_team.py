"""A clinic's people in a browser: one is invited and joins, the front page, a talk with a family, an answer to a review."""

from typing import Any

import pytest

from catalog.consultations.talk.services import say_as_family
from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership
from tests.factories.catalogue import make_service
from tests.factories.consultations import make_held_session, make_published
from tests.factories.partners import make_partner, make_provider
from tests.factories.people import make_parent, make_partner_staff, make_user
from tests.factories.scheduling import make_booking, next_weekday, shanghai
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


@both_widths
def test_a_colleague_is_invited_joins_and_works_at_the_desk(gunicorn_server: str, page: Any, look: Any) -> None:
    clinic = make_partner(name="青禾心理")
    service = make_service(make_provider(partner=clinic), product={"title": "青少年个体咨询"})
    parent = make_parent()
    booking = make_booking(
        service=service, starts_at=shanghai(next_weekday(2), 10), child=parent.children.get(), booked_by=parent
    )
    say_as_family(booking_id=booking.pk, person=parent, words="第一次来，从哪个门进？")
    past = make_held_session(make_parent().children.get(), service=service)
    make_published(past, words="很耐心，就是门口有点难找。")
    manager, colleague = make_partner_staff(clinic), make_user(role="partner_staff", nickname="陆前台")
    page.context.set_default_timeout(60_000)

    enter_as(page, gunicorn_server, manager)
    for address in ("clinic/desk/", "team/", "team/leave/", "clinic/services/new/session/", "clinic/reviews/"):
        page.goto(f"{gunicorn_server}/{address}")
        look(page)
    page.goto(f"{gunicorn_server}/team/")
    page.get_by_label("手机号或邮箱").fill(colleague.phone)
    page.get_by_label("在团队中做什么").select_option("desk")
    page.get_by_role("button", name="生成邀请链接").click()
    link = page.get_by_label("或者发这个链接").input_value()
    look(page)

    page.context.clear_cookies()
    enter_as(page, gunicorn_server, colleague)
    page.goto(link)
    look(page)
    page.get_by_role("button", name="接受邀请").click()
    page.get_by_text("欢迎加入 青禾心理").wait_for()
    assert page.get_by_role("link", name="对账单").count() == 0
    look(page)

    page.goto(f"{gunicorn_server}/clinic/talks/")
    look(page)
    page.locator(f"a[href='/clinic/talks/{booking.public_id}/']").click()
    look(page)
    page.get_by_label("写给对方").fill("走东门，三楼。")
    page.get_by_role("button", name="发出").click()
    page.get_by_text("走东门，三楼。").wait_for()

    page.context.clear_cookies()
    enter_as(page, gunicorn_server, parent)
    page.goto(f"{gunicorn_server}/room/talk/{booking.public_id}/")
    page.get_by_text("走东门，三楼。").wait_for()
    look(page)

    page.context.clear_cookies()
    enter_as(page, gunicorn_server, manager)
    place = Membership.objects.get(user=colleague)
    assert place.role == TeamRole.DESK
    for name in ("", "remove/"):
        page.goto(f"{gunicorn_server}/team/people/{place.public_id}/{name}")
        look(page)
    page.get_by_role("button", name="移出团队").click()
    page.get_by_text("已移出。").wait_for()
    assert not Membership.objects.filter(user=colleague).exists()
