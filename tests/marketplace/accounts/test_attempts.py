"""Guessing is slowed by account and by address; honest people and frightened ones are not; nobody learns who has an account."""

from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from marketplace.accounts.adapter import AccountAdapter
from marketplace.accounts.models import User
from marketplace.accounts.security import attempts
from marketplace.accounts.security.devices import COOKIE
from marketplace.accounts.selectors import agreements_in_force
from marketplace.accounts.services import accept_agreements
from marketplace.core.throttling import Attempt
from marketplace.notifications.models import Message
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
TOO_OFTEN = "试的次数有点多"


@pytest.fixture
def hash_runs():
    """`hash_runs()`: how many times a password was hashed since the last call."""
    runs: list[int] = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        runs.append(1)
        return encode(self, password, salt)

    def read() -> int:
        number = len(runs)
        runs.clear()
        return number

    with patch.object(MD5PasswordHasher, "encode", counted):
        yield read


def ready(**fields) -> User:
    user = make_user(**fields)
    accept_agreements(user=user, agreements=agreements_in_force())
    return user


def address_number(number: int) -> str:
    return f"10.0.{number // 250}.{number % 250 + 1}"


def from_address(number: int) -> Client:
    return Client(REMOTE_ADDR=address_number(number))


def tried(rf, address: str, **credentials) -> str:
    """One guess at the door itself, without the page around it."""
    try:
        found = AccountAdapter().authenticate(rf.post(LOGIN, REMOTE_ADDR=address), **credentials)
    except ValidationError:
        return "slowed"
    return "right" if found else "wrong"


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_thousand_guesses_from_a_thousand_addresses_check_five_passwords(rf, hash_runs):
    user = ready()
    hash_runs()
    answers = [
        tried(rf, address_number(number), phone=user.phone, password=f"guess-{number}") for number in range(1000)
    ]
    assert answers.count("wrong") == hash_runs() == 5 and answers.count("slowed") == 995
    assert TOO_OFTEN in from_address(2000).post(LOGIN, {"login": user.phone, "password": PASSWORD}).content.decode()


def test_a_stranger_who_guesses_does_not_keep_a_person_out_of_their_own_browser():
    user, own = ready(), Client()
    own.post(LOGIN, {"login": user.phone, "password": PASSWORD})
    assert is_in(own) and COOKIE in own.cookies
    own.post("/accounts/logout/")
    for number in range(20):
        from_address(number).post(LOGIN, {"login": user.phone, "password": "wrong"})
    own.post(LOGIN, {"login": user.phone, "password": PASSWORD})
    assert is_in(own)


def test_a_cookie_made_up_or_of_somebody_else_frees_nobody():
    user, other = ready(), ready()
    stranger = Client()
    stranger.post(LOGIN, {"login": other.phone, "password": PASSWORD})
    stranger.post("/accounts/logout/")
    for _ in range(6):
        stranger.post(LOGIN, {"login": user.phone, "password": "wrong"})
    forged = Client()
    forged.cookies[COOKIE] = "eyJpZCI6IjEifQ:forged:forged"
    for client in (stranger, forged):
        assert TOO_OFTEN in client.post(LOGIN, {"login": user.phone, "password": PASSWORD}).content.decode()


def test_a_school_signs_in_from_one_address():
    """Eighty people one after the other, every tenth mistyping once."""
    school = "192.0.2.7"
    for number in range(80):
        user, client = ready(), Client(REMOTE_ADDR=school)
        if number % 10 == 0:
            client.post(LOGIN, {"login": user.phone, "password": "mistyped"})
        client.post(LOGIN, {"login": user.phone, "password": PASSWORD})
        assert is_in(client), number


def test_one_address_that_tries_many_accounts_is_slowed(rf, hash_runs):
    hash_runs()
    answers = [tried(rf, "192.0.2.9", phone=f"+86138{number:08d}", password="paper-boat-7") for number in range(300)]
    assert 60 <= answers.count("wrong") == hash_runs() < 64


def test_waits_grow_and_are_forgotten_by_who_knows_the_password():
    attempt = Attempt(attempts.PASSWORDS, "somebody")
    waits = []
    for _ in range(20):
        while not attempt.begin():
            cache.delete(attempt._wait_key)
        waits.append(cache._cache.get_client(None).ttl(cache.make_key(attempt._wait_key)))
    assert [wait > 0 for wait in waits] == [False] * 4 + [True] * 16
    assert waits[4:10] == sorted(waits[4:10]) and waits[4] <= 30 and 1700 < waits[-1] <= 1800
    attempt.forget()
    assert attempt.begin() and not attempt.must_wait()


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_pass_one_by_one(run_concurrently):
    outcomes = run_concurrently(lambda _: Attempt(attempts.PASSWORDS, "parallel").begin(), 24)
    assert sum(bool(outcome.value) for outcome in outcomes) == 5


def test_codes_cannot_be_guessed_by_asking_for_new_ones():
    user, tried = ready(), 0
    for number in range(30):
        client = from_address(number)
        client.post("/accounts/login/code/", {"phone": user.phone})
        for guess in range(3):
            page = client.post("/accounts/login/code/confirm/", {"code": f"00{number:02d}{guess:02d}"}, follow=True)
            tried += "验证码不对" in page.content.decode()
            assert not is_in(client)
    assert tried <= 9
    assert Message.objects.filter(address=user.phone).count() <= 5


def test_an_unknown_account_is_slowed_as_a_known_one(hash_runs):
    ready(phone="+8613812345678", email="known@example.com")
    for known, unknown in (("+8613812345678", "+8613887654321"), ("known@example.com", "unknown@example.com")):
        stories = []
        for login in (known, unknown):
            hash_runs()
            pages = [from_address(7).post(LOGIN, {"login": login, "password": "wrong"}) for _ in range(7)]
            stories.append(([TOO_OFTEN in page.content.decode() for page in pages], hash_runs()))
        assert stories[0] == stories[1]


def test_the_same_work_is_done_for_known_and_unknown_accounts(hash_runs, signup_data):
    ready(phone="+8613812345678", email="known@example.com")
    User.objects.create_user(phone="+8613811112222", nickname="只用短信", phone_verified_at=timezone.now())
    teen = ready(role="teen")
    teen.login_name = "xiaohe2010"
    teen.save()
    runs = {}
    for login in (
        "+8613812345678", "+8613811112222", "+8613899999999", "known@example.com", "nobody@example.com", "xiaohe2010", "nobody2010",
    ):  # fmt: skip
        hash_runs()
        Client().post(LOGIN, {"login": login, "password": "wrong"})
        runs[login] = hash_runs()
    phones = {runs[login] for login in runs if login.startswith("+")}
    emails = {runs[login] for login in runs if "@" in login}
    names = {runs["xiaohe2010"], runs["nobody2010"]}
    assert len(phones) == len(emails) == len(names) == 1, runs


def test_signing_up_costs_the_same_for_a_known_address(hash_runs, signup_data):
    ready(phone="+8613812345678", email="known@example.com")
    counts = []
    for email in ("known@example.com", "new@example.com"):
        hash_runs()
        answer = Client().post("/accounts/signup/", signup_data(by="email", email=email, password1="paper-boat-7"))
        assert answer["Location"] == "/accounts/confirm-email/"
        counts.append(hash_runs())
    assert counts[0] == counts[1]


def test_asking_for_a_new_password_tells_nothing_even_when_slowed():
    ready(phone="+8613812345678", email="known@example.com")
    for known, unknown in (("+8613812345678", "+8613887654321"), ("known@example.com", "unknown@example.com")):
        stories = []
        for login in (known, unknown):
            answers = [from_address(3).post("/accounts/password/reset/", {"login": login}) for _ in range(7)]
            stories.append([(answer.status_code, answer.get("Location", "")) for answer in answers])
        assert stories[0] == stories[1]
        assert stories[0][-1][0] == 200, "the sixth is asked to wait, on the page"


def test_the_old_password_cannot_be_guessed_in_an_open_session(hash_runs):
    user, client = ready(), Client()
    client.post(LOGIN, {"login": user.phone, "password": PASSWORD})
    hash_runs()
    for number in range(10):
        client.post("/accounts/password/change/", {"oldpassword": f"guess-{number}", "password1": "a-new-lantern-9"})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def _fill_every_limit(client: Client, user: User) -> None:
    """Every pace there is, for this address and this account, far beyond its end."""
    for pace in (attempts.PASSWORDS, attempts.CODES, attempts.SECOND_STEPS, attempts.CODE_REQUESTS, attempts.SECRETS):
        for key in (str(user.phone), f"user:{user.pk}"):
            cache.set(Attempt(pace, key)._wait_key, 1, 600)
        cache.set(Attempt(attempts.BY_ADDRESS, f"{pace.name}:127.0.0.1")._wait_key, 1, 600)
    cache.set(Attempt(attempts.CODE_REQUESTS_BY_ADDRESS, "127.0.0.1")._wait_key, 1, 600)
    for form in ("signup", "complaint", "teen-signup"):
        cache.set(Attempt(attempts.FORMS_BY_ADDRESS, f"{form}:127.0.0.1")._wait_key, 1, 600)


def test_crisis_help_and_signing_out_stay_open_when_every_limit_is_full(signup_data):
    user, client = ready(), Client()
    client.post(LOGIN, {"login": user.phone, "password": PASSWORD})
    _fill_every_limit(client, user)
    stranger = Client()
    assert stranger.post("/accounts/signup/", signup_data()).status_code == 429
    assert TOO_OFTEN in stranger.post(LOGIN, {"login": user.phone, "password": PASSWORD}).content.decode()
    for browser in (stranger, client):
        for _ in range(50):
            assert browser.get("/help/now/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302 and not is_in(client)


def test_the_page_of_the_limit_says_what_to_do(signup_data):
    client = Client()
    cache.set(Attempt(attempts.FORMS_BY_ADDRESS, "signup:127.0.0.1")._wait_key, 1, 600)
    page = client.post("/accounts/signup/", signup_data()).content.decode()
    assert "过几分钟再试" in page and "短信验证码" in page and "/help/now/" in page


def test_one_household_is_one_address(rf):
    first, second, other = (
        attempts.address_of(rf.get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    )
    assert first == second != other
