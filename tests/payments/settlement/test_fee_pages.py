"""The published rules: for everybody, now, before and after, and to take away; drafts for nobody."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.payments.settlement.made import make_fees

pytestmark = pytest.mark.django_db


def test_before_there_are_rules_the_page_says_so():
    assert "规则还没有公布" in Client().get(reverse("fees:index")).content.decode()


def test_everybody_reads_what_counts_what_comes_and_what_was():
    now = timezone.now()
    old = make_fees([("platform", 1000)], valid_from=now - timedelta(days=60))
    current = make_fees([("platform", 850)], valid_from=now - timedelta(days=9))
    coming = make_fees([("platform", 700)], valid_from=now + timedelta(days=9))
    draft = make_fees(published=False)
    page = Client().get(reverse("fees:index")).content.decode()
    assert "8.5%" in page and "7%" not in page.replace("8.57%", "")
    for version in (old, coming):
        assert reverse("fees:version", args=[version.number]) in page
    assert "10%" in Client().get(reverse("fees:version", args=[old.number])).content.decode()
    for name in ("version", "download"):
        assert Client().get(reverse(f"fees:{name}", args=[draft.number])).status_code == 404
    text = Client().get(reverse("fees:download", args=[current.number]))
    assert text["Content-Type"].startswith("text/plain") and "8.5%" in text.content.decode()


def test_the_page_is_linked_from_the_foot_of_every_page():
    assert reverse("fees:index") in Client().get("/").content.decode()
