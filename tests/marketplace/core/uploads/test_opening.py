"""A file opens for whom its link was made, while it is fresh and while the rule says yes."""

import time

import pytest

from marketplace.core.uploads import readers
from marketplace.core.uploads.links import signed_link
from marketplace.core.uploads.services import receive
from tests import factories
from tests.marketplace.core.uploads.made import pdf, picture, upload

pytestmark = pytest.mark.django_db


class Rule:
    """Who may read the files of these tests, and who did."""

    def __init__(self):
        self.people, self.seen = set(), []

    def may_read(self, person, file):
        return person in self.people

    def opened(self, person, file):
        self.seen.append(person)


@pytest.fixture
def rule(monkeypatch):
    monkeypatch.setattr(readers, "_readers", {})
    rule = Rule()
    readers.register_reader("test", rule.may_read, opened=rule.opened)
    return rule


@pytest.fixture
def reader(rule):
    user = factories.make_user()
    rule.people.add(user)
    return user


def kept(reader, content=None, kind="test"):
    sent = upload(content or pdf(), "许可证.pdf")
    return receive(sent, owner_kind=kind, owner_subject=reader.public_id, uploaded_by=reader)


def test_the_reader_gets_the_file_as_a_download(rule, reader):
    response = factories.signed_in(reader).get(signed_link(kept(reader), person=reader))
    assert response.status_code == 200 and response.content == pdf()
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["X-Content-Type-Options"] == "nosniff" and "no-store" in response["Cache-Control"]
    assert rule.seen == [reader]


def test_a_picture_is_shown_in_the_page(reader):
    response = factories.signed_in(reader).get(signed_link(kept(reader, picture()), person=reader))
    assert response["Content-Type"] == "image/jpeg" and response["Content-Disposition"].startswith("inline")


def test_a_link_handed_on_opens_nothing(rule, reader, client):
    link = signed_link(kept(reader), person=reader)
    other = factories.make_user()
    rule.people.add(other)
    assert factories.signed_in(other).get(link).status_code == 404
    assert client.get(link).status_code == 302
    assert rule.seen == []


def test_a_link_ends_after_a_quarter_of_an_hour(reader, monkeypatch):
    link, browser = signed_link(kept(reader), person=reader), factories.signed_in(reader)
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 15 * 60 + 1)
    assert browser.get(link).status_code == 404


def test_a_link_ends_with_the_right_to_read(rule, reader):
    link = signed_link(kept(reader), person=reader)
    rule.people.clear()
    assert factories.signed_in(reader).get(link).status_code == 404


def test_a_kind_that_nobody_answers_for_opens_for_nobody(reader):
    link = signed_link(kept(reader, kind="other"), person=reader)
    assert factories.signed_in(reader).get(link).status_code == 404


def test_a_changed_link_opens_nothing(reader):
    link = signed_link(kept(reader), person=reader)
    assert factories.signed_in(reader).get(link[:-1] + ("a" if link[-1] != "a" else "b")).status_code == 404
