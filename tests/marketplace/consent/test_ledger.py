"""The ledger is append-only, and what stands follows its events: in the database, whoever writes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from marketplace.consent.enums import ConsentEventKind, ConsentState, DataItem, GivenAs
from marketplace.consent.models import Consent, ConsentEvent, SafetyOverride, StandingConsent
from marketplace.consent.rules import state_of
from tests.factories import make_child, make_staff, make_user
from tests.factories.consent import add_event, make_consent, make_override

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent_consent SET items = '{diary}'",
        "UPDATE consent_consent SET valid_until = valid_until + interval '1 year'",
        "DELETE FROM consent_consent",
        "UPDATE consent_consentevent SET kind = 'granted'",
        "DELETE FROM consent_consentevent",
        "TRUNCATE consent_consentevent CASCADE",
        "TRUNCATE consent_consent CASCADE",
        "UPDATE consent_standingconsent SET is_live = true",
        "DELETE FROM consent_standingconsent",
        "TRUNCATE consent_standingconsent",
        "INSERT INTO consent_standingconsent (consent_id, child_id, grantee_id, purpose, item, begins_at, ends_at, is_live)"
        " SELECT id, child_id, grantee_id, purpose, 'diary', now(), now() + interval '1 day', true FROM consent_consent",
    ],
)
def test_nothing_of_the_ledger_can_be_changed(statement):
    make_consent(make_child(make_user()))

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only|follows from"), transaction.atomic():
            cursor.execute(statement)


def test_retention_says_so_and_may_delete_but_never_change():
    make_consent(make_child(make_user()))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL xinqiao.consent_retention = 'on'")
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.update(items=["diary"])
    for model in (StandingConsent, ConsentEvent, Consent):
        model.objects.all().delete()
        assert not model.objects.exists()


def test_what_needs_two_stands_only_when_both_agreed():
    person, both = make_user(), [GivenAs.TEEN, GivenAs.GUARDIAN]
    consent = make_consent(make_child(make_user()), needs=both, agreed=[], granted_by=person)

    add_event(consent, ConsentEventKind.GRANTED, person, GivenAs.TEEN)
    assert not StandingConsent.objects.exists()
    add_event(consent, ConsentEventKind.GRANTED, person, GivenAs.GUARDIAN)
    assert StandingConsent.objects.filter(consent=consent).exists()


def test_an_override_needs_two_people_and_a_third_to_review():
    staff, other = make_staff(), make_staff()
    child = make_child(make_user())
    with pytest.raises(IntegrityError, match="override_needs_two_people"), transaction.atomic():
        make_override(child, opened_by=staff, approved_by=staff)
    for reviewer in (staff, other):
        with pytest.raises(IntegrityError, match="override_reviewed_by_a_third"), transaction.atomic():
            make_override(child, opened_by=staff, approved_by=other, reviewed_by=reviewer, reviewed_at=timezone.now())


def test_the_reason_of_an_override_is_sealed():
    override = make_override(make_child(make_user()), reason="桥上的那句话")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason::text FROM consent_safetyoverride")
        assert "桥上的那句话".encode().hex() not in cursor.fetchone()[0]
    assert SafetyOverride.objects.get(pk=override.pk).reason == "桥上的那句话"


class WhatStandsFollowsTheEvents(HypothesisTestCase):
    """Any run of events, in any order, by anybody: the index says what the events say."""

    @given(
        st.sampled_from([["teen"], ["guardian"], ["teen", "guardian"]]),
        st.lists(
            st.tuples(
                st.sampled_from(["proposed", "granted", "declined", "revoked"]), st.sampled_from(["teen", "guardian"])
            ),
            max_size=6,
        ),
    )
    def test_index_and_events_agree(self, needs, events):
        person, now = make_user(), timezone.now()
        born_on = timezone.localdate() - timedelta(days=366 * (16 if "teen" in needs else 8))
        child = make_child(make_user(), born_on=born_on)
        consent = Consent.objects.create(
            child=child,
            grantee_kind="person",
            grantee_id=person.public_id,
            grantee_label="某人",
            items=[DataItem.SCORE, DataItem.REPORT],
            purpose="care",
            valid_from=now - timedelta(minutes=1),
            valid_until=now + timedelta(days=1),
            needs=needs,
            text_version="2026.1",
        )
        for kind, given_as in events:
            try:
                with transaction.atomic():
                    add_event(consent, ConsentEventKind(kind), person, given_as)
            except IntegrityError:
                continue  # somebody grants twice

        live = StandingConsent.objects.filter(consent=consent, is_live=True).count()

        is_in_force = state_of(consent, timezone.now()) == ConsentState.IN_FORCE
        assert live == (2 if is_in_force else 0)
