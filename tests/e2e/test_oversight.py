"""In a browser: whoever oversees us reads the week, walks the chain, and saves a signed report, at both widths."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.core.audit.services import seal_events
from marketplace.core.needs import Need
from partners.oversight.services import make_due_reports
from tests.factories.audit import make_looks
from tests.factories.people import make_overseer
from tests.partners.oversight.test_pages import accord, pilot
from tests.partners.oversight.town import asked, last_week, service_for
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
PAGES = (
    "",
    "complaints/",
    "incidents/",
    "revenue/",
    "disputes/",
    "models/",
    "accords/",
    "pilots/",
    "chain/?walk=1",
    "reports/",
)


@pytest.fixture
def portal(gunicorn_server: str, page: Any) -> str:
    """The address of the portal, in which an overseer has signed in."""
    asked(service_for(Need.SLEEP, "武昌区"), 12, span=last_week())
    make_looks(5, at=timezone.now() - timedelta(minutes=1))
    seal_events()
    make_due_reports()
    accord(), pilot()
    enter_as(page, gunicorn_server, make_overseer())
    return f"{gunicorn_server}/oversight/"


@both_widths
def test_every_page_of_oversight(portal, page, axe):
    for path in PAGES:
        assert page.goto(portal + path).status == 200, path
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"


@both_widths
def test_an_overseer_verifies_the_chain_and_saves_a_report(portal, page):
    page.goto(portal)
    page.get_by_role("link", name="核对记录").click()
    page.get_by_role("link", name="现在核对").click()
    page.get_by_text("全部对得上").wait_for()
    page.get_by_role("link", name="签名报告").click()
    page.get_by_role("link", name="每月安全审计报告").first.click()
    page.get_by_text("没有改动过").wait_for()
    with page.expect_download() as saved:
        page.get_by_role("link", name="PDF").click()
    assert saved.value.suggested_filename.startswith("xinqiao-audit-")


@both_widths
def test_the_page_of_fairness_is_for_everybody(gunicorn_server, page, axe):
    make_due_reports()
    page.goto(f"{gunicorn_server}/fair/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as saved:
        page.get_by_role("link", name="JSON").first.click()
    assert saved.value.suggested_filename.startswith("xinqiao-fairness-")
