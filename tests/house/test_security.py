"""What docs/security.md claims is there, and what it claims about answers of the site holds."""

import logging
import re
from pathlib import Path

import pytest
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.test import Client

from marketplace.core.embedded.locations import CHECKOUT
from tests.factories import make_parent, signed_in

DOCUMENT = CHECKOUT / "docs" / "security.md"
_PATH = re.compile(
    r"`((?:marketplace|catalog|payments|cms|partners|deploy|docs|tests)/[\w./-]+|requirements\.lock|[A-Z]+\.md)(?:::(\w+))?`"
)


def rows() -> list[list[str]]:
    """The cells of every line of the tables: number, requirement, how, proof or what is open."""
    lines = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if re.match(r"V\d+\.\d+$", row[0])]


def test_what_the_checklist_names_exists():
    missing = []
    for path, test in _PATH.findall(DOCUMENT.read_text()):
        file = CHECKOUT / path
        if not file.exists() or (test and not re.search(rf"def {test}\b", file.read_text())):
            missing.append(f"{path}::{test}")
    assert missing == []


def test_every_line_is_proven_or_open_with_somebody_to_do_it():
    assert len(rows()) > 40
    vague = []
    for number, _, how, proof in rows():
        is_proven = any(path.startswith("tests/") and test for path, test in _PATH.findall(proof))
        is_open = re.match(r"open: (operator|later|lawyer)\b.{10,}", proof)
        if not (is_open or (is_proven and _PATH.search(how))):
            vague.append(number)
    assert vague == []


def test_numbers_come_once():
    numbers = [row[0] for row in rows()]
    assert sorted(set(numbers)) == sorted(numbers)


def test_no_lines_columns_are_lost():
    lines = [line for line in DOCUMENT.read_text().splitlines() if re.match(r"\| V\d", line)]
    assert [line for line in lines if line.count("|") != 5] == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/me/", "/family/", "/privacy/", "/orders/", "/notifications/", "/", "/services/"])
def test_no_browser_keeps_pages_of_who_is_signed_in(path):
    answer = signed_in(make_parent()).get(path, follow=True)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_pages_of_visitors_may_be_kept():
    assert "no-store" not in Client().get("/services/").headers.get("Cache-Control", "")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/no-such-page/"])
def test_every_answer_has_the_headers(path):
    headers = Client().get(path).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Permissions-Policy"]


@pytest.mark.django_db
def test_cookies_are_closed_to_scripts_and_other_sites(settings):
    settings.SESSION_COOKIE_SECURE = True
    from tests.factories import PASSWORD

    client = Client()
    parent = make_parent()
    client.post("/accounts/login/", {"login": parent.phone, "password": PASSWORD})
    session = signed_in(parent, client).cookies[settings.SESSION_COOKIE_NAME]
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
    assert session["secure"]


def test_a_form_longer_than_any_of_ours_is_refused(rf, settings):
    request = rf.post("/", b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), content_type="application/json")
    with pytest.raises(RequestDataTooBig):
        _ = request.body


@pytest.mark.django_db
def test_a_fault_shows_nothing_of_itself(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("marketplace.core.health.connection.cursor", fail)
    answer = Client(raise_request_exception=False).get("/healthz")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


@pytest.mark.django_db
def test_signing_in_is_logged_without_a_number(caplog):
    from tests.factories import PASSWORD

    parent = make_parent()
    with caplog.at_level(logging.INFO, logger="marketplace.accounts"):
        Client().post("/accounts/login/", {"login": parent.phone, "password": "wrong-" + PASSWORD})
        client = Client()
        client.login(phone=parent.phone, password=PASSWORD) or client.force_login(
            parent, backend="django.contrib.auth.backends.ModelBackend"
        )
        client.post("/accounts/logout/")
    assert "sign-in refused" in caplog.text
    assert f"signed in: {parent.public_id}" in caplog.text
    assert f"signed out: {parent.public_id}" in caplog.text
    assert parent.phone[-8:] not in caplog.text


def test_every_package_is_locked_with_its_hashes():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (CHECKOUT / name).read_text().replace("\\\n", " ")
        pinned = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert pinned
        assert [line for line in pinned if "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("name", ["nginx.conf", "xinqiao-web.service", "xinqiao-backup.service"])
def test_examples_to_begin_from_are_there(name):
    assert Path(CHECKOUT / "deploy" / "examples" / name).read_text()


@pytest.mark.django_db
def test_signing_in_gives_a_new_session_key():
    """A key that somebody planted in a browser before opens nothing afterwards."""
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    assert signed_in(make_parent(), client).session.session_key != before
    assert not client.session.exists(before)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_a_form_without_its_token_is_refused(path):
    answer = Client(enforce_csrf_checks=True).post(path, {"login": "13800000000", "password": "x"})
    assert answer.status_code == 403


@pytest.mark.parametrize("password", ["Kr7-vq2", "password1234", "2837465091"])
def test_short_common_and_numeric_passwords_are_refused(password):
    from django.contrib.auth.password_validation import validate_password

    with pytest.raises(ValidationError):
        validate_password(password)


def test_passwords_are_hashed_slowly_outside_tests():
    from marketplace.settings import base

    assert not hasattr(base, "PASSWORD_HASHERS"), "Django's own, whose cost grows with each release"


def test_scripts_keep_no_page_of_a_person():
    head = (CHECKOUT / "marketplace/core/templates/includes/head.html").read_text()
    assert '"historyCacheSize":0' in head
    assert '"allowEval":false' in head


def test_sessions_end_after_a_month(settings):
    assert settings.SESSION_COOKIE_AGE == 30 * 24 * 3600
    assert not settings.SESSION_SAVE_EVERY_REQUEST, "the month is counted from the sign-in"
