"""A hundred families at one time, through the web server as in production."""

import http.client
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

from catalog.scheduling.enums import Mode
from catalog.scheduling.models import Booking, Occupancy
from tests.factories import make_parent, make_provider, make_service, next_weekday, shanghai, signed_in
from tests.support.oversold import oversold

pytestmark = pytest.mark.django_db(transaction=True)
FAMILIES = 100
TEN = shanghai(next_weekday(5, weeks=1), 10)
TOKEN = "a" * 32


class Family:
    """A signed-in parent with one child, and the request with which they choose a time."""

    def __init__(self):
        parent = make_parent()
        self.child = parent.children.get().public_id
        self.cookie = signed_in(parent).cookies[settings.SESSION_COOKIE_NAME].value

    def choose(self, base_url, **query):
        parts = urlsplit(base_url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=120)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        body = urlencode({"child": self.child, "mode": Mode.PHONE.value})
        connection.request("POST", f"{reverse('basket:choose')}?{urlencode(query)}", body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.getheader("Location", ""), text


@pytest.mark.parametrize("providers", [1, 3])
def test_a_hundred_families_at_one_time(gunicorn_server, run_concurrently, providers):
    """One provider sells one time; "anyone who is free" sells as many as there are. Everybody else gets a clear answer."""
    service = make_service(*[make_provider() for _ in range(providers)])
    query = {"service": service.pk, "start": TEN.isoformat()}
    if providers == 1:
        query["provider"] = service.providers.get().pk
    families = [Family() for _ in range(FAMILIES)]
    outcomes = run_concurrently(lambda number: families[number].choose(gunicorn_server, **query), FAMILIES)
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    answers = [outcome.value for outcome in outcomes]
    assert sorted({status for status, _, _ in answers}) == [302, 409]
    kept = [location for status, location, _ in answers if status == 302]
    refused = [text for status, _, text in answers if status == 409]
    assert len(kept) == providers
    assert len(refused) == FAMILIES - providers
    assert set(kept) == {reverse("checkout:index")}
    assert all("刚刚被约走了" in text and "没有扣款" in text for text in refused)
    assert Booking.objects.count() == Occupancy.objects.count() == providers
    assert oversold() == 0
