"""Pseudonyms: the same for one purpose, unrelated for another, and nobody's without the key."""

from uuid import UUID

import pytest

from marketplace.core.pseudonyms import pseudonym

SUBJECT = UUID("11111111-2222-3333-4444-555555555555")


def test_it_is_stable_and_says_nothing():
    name = pseudonym(SUBJECT, "recommender")
    assert name == pseudonym(SUBJECT, "recommender")
    assert len(name) == 26 and name.isalnum()
    assert SUBJECT.hex[:8] not in name


def test_purposes_cannot_be_brought_together():
    assert pseudonym(SUBJECT, "recommender") != pseudonym(SUBJECT, "statistics")
    with pytest.raises(ValueError, match="one purpose"):
        pseudonym(SUBJECT, "")


def test_another_key_forgets_everybody(settings):
    before = pseudonym(SUBJECT, "recommender")
    settings.PSEUDONYM_KEY = "another"
    assert pseudonym(SUBJECT, "recommender") != before
