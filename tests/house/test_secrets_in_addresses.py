"""An address that opens something to whoever knows it stands in no log: ours, gunicorn's, or nginx's as we show it."""

import re
import urllib.error
import urllib.request
from random import Random
from uuid import UUID

import pytest
from django.urls import NoReverseMatch, reverse

from marketplace.core.embedded.locations import CHECKOUT
from marketplace.core.log_masking import masked
from marketplace.doors import DOORS
from marketplace.doors.kinds import Whose
from tests.conftest import PRODUCT
from tests.support.canaries import found, hatch
from tests.support.http import log_of
from tests.support.waiting import eventually

#: What stands in such addresses: words of our own making, public ids.
SECRETS = [f"{Random(5).getrandbits(256):043x}"[:43], str(UUID(int=Random(5).getrandbits(128), version=4))]


def address_of(name: str) -> tuple[str, str]:
    """A door's address with a secret in it, and the secret; empty where it has no place for one."""
    for secret in (None, *SECRETS):
        try:
            return reverse(name, args=[secret] if secret else []), secret or ""
        except NoReverseMatch:
            continue
    raise AssertionError(f"no secret fits {name}")


@pytest.fixture(scope="module")
def in_nginx() -> re.Pattern[str]:
    """What the example for nginx cuts short."""
    sample = (CHECKOUT / "deploy/examples/nginx.conf").read_text()
    assert "$uri $status" not in sample and "$request " not in sample
    pattern = re.search(r'"~\^(.+)" "\$\{kept\}\*\*\*";', sample)
    assert pattern
    return re.compile(pattern[1].replace("(?<kept>", "(?P<kept>") + ".*")


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.whose == Whose.SECRET])
def test_every_door_that_opens_by_a_secret_is_cut_short(name, in_nginx):
    path, secret = address_of(name)
    if not secret:
        pytest.skip("its secret stands in a form or a session")
    assert secret in path
    assert secret not in masked(f"Not Found: {path}") and secret not in masked(f"500 at '{path}?a=b'")
    assert secret not in in_nginx.sub(r"\g<kept>***", path)


@pytest.mark.parametrize(
    "path",
    ["/privacy/complaints/new/", "/bookings/", "/pay/wechat/", f"/room/{SECRETS[1]}/", "/privacy/complaints/desk/"],
)
def test_other_addresses_stay_whole(path, in_nginx):
    assert masked(path) == path == in_nginx.sub(r"\g<kept>***", path)


def get(address: str) -> int:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.django_db(transaction=True)
def test_the_secret_of_a_private_calendar_is_in_no_log_and_would_be_found(gunicorn_server):
    from catalog.scheduling.enums import FeedKind
    from catalog.scheduling.models import CalendarFeed
    from tests import factories

    kept, ended, control = (hatch(Random(number), "an address") for number in range(3))
    CalendarFeed.objects.create(
        person=factories.make_parent(), kind=FeedKind.FAMILY, digest=CalendarFeed.digest_of(kept.latin)
    )
    log = log_of(PRODUCT)
    begin = log.stat().st_size
    asked = [reverse("bookings:feed", args=[canary.latin]) for canary in (kept, ended)]
    assert [get(gunicorn_server + path) for path in (*asked, f"/{control.latin}/")] == [200, 404, 404]

    def written() -> bytes:
        return log.read_bytes()[begin:]

    # The server writes its line after it has answered.
    eventually(lambda: written().count(b"GET /bookings/feed/***.ics") == 2)
    assert found([kept, ended, control], {"log": written()}) == {control: "log"}
