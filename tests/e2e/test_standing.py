"""A veto takes a service off: an association finds it, stops it, and a family finds it no more. On a phone and a desktop."""

from collections.abc import Callable
from typing import Any

import pytest

from catalog.browse.services import refresh_listings
from catalog.partner.enums import OrganisationType
from tests.factories.catalogue import make_service
from tests.factories.partners import make_partner, make_provider
from tests.factories.people import make_parent, make_partner_staff
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]
TITLE = "七天告别焦虑"
REASONS = "示例：七天的说法没有依据，已经两次提醒没有改正。"


@pytest.fixture
def site(gunicorn_server: str) -> str:
    return gunicorn_server


def test_a_veto_takes_a_service_off(page: Any, site: str, look: Callable[[Any], None]) -> None:
    provider = make_provider(partner=make_partner(name="青禾心理（示例）"), name="周岚")
    service = make_service(provider, product={"title": TITLE})
    refresh_listings()
    association = make_partner(name="示例行业协会", organisation_type=OrganisationType.ASSOCIATION)
    person, parent = make_partner_staff(association), make_parent()
    address = f"{site}{service.product.get_absolute_url()}"

    enter_as(page, site, parent)
    page.goto(f"{site}/services/")
    page.get_by_text(TITLE).first.wait_for()

    enter_as(page, site, person)
    page.goto(f"{site}/association/")
    look(page)
    page.goto(f"{site}/association/find/")
    page.get_by_role("searchbox").fill("告别焦虑")
    page.get_by_role("main").get_by_role("button", name="查找").click()
    page.get_by_text(TITLE).wait_for()
    look(page)
    page.get_by_role("link", name="停止", exact=True).click()
    page.get_by_label("理由").fill(REASONS)
    look(page)
    page.get_by_role("button", name="停止").click()
    page.get_by_text(REASONS).wait_for()
    look(page)

    enter_as(page, site, parent)
    page.goto(f"{site}/services/")
    assert not page.get_by_text(TITLE).is_visible()
    page.goto(address)
    page.get_by_text("现在不能预约和购买").wait_for()
    look(page)
    page.goto(f"{site}/standards/decisions/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_text(REASONS).wait_for()
