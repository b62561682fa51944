"""A consent as FHIR R4B, out and in again, and the codes that are refused."""

import copy
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from fhir.resources.R4B.consent import Consent as FhirConsent

from marketplace.consent.enums import ConsentEventKind, DataItem, Purpose
from marketplace.consent.fhir import NotUnderstood, resource_of, terms_of
from marketplace.consent.models import Consent
from tests.factories import make_child, make_parent, make_partner, make_user
from tests.factories.consent import add_event, make_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def consent():
    child = make_child(make_user(), born_on=timezone.localdate() - timedelta(days=366 * 15))
    return make_consent(child, make_partner(name="儿童医院"), items=[DataItem.SCORE, DataItem.PLAN], records=[uuid4()])


def written(consent: Consent) -> dict:
    return json.loads(json.dumps(resource_of(consent, timezone.now())))


@pytest.mark.parametrize("purpose", list(Purpose))
def test_out_and_in_again_says_the_same(purpose):
    parent = make_parent(children=0)
    given = make_consent(make_child(parent), parent, purpose=purpose, items=list(DataItem))

    terms = terms_of(written(given))

    assert (terms.child_id, terms.grantee_id) == (given.child.public_id, parent.public_id)
    assert (terms.grantee_kind, terms.grantee_label) == (given.grantee_kind, given.grantee_label)
    assert (list(terms.items), terms.purpose, list(terms.records)) == (given.items, purpose, [])
    assert (terms.since, terms.until) == (given.valid_from, given.valid_until)


def test_records_are_named_one_by_one(consent):
    assert list(terms_of(written(consent)).records) == consent.records


def test_it_is_a_consent_of_r4b_and_names_nobody(consent):
    resource = written(consent)

    FhirConsent.model_validate(resource)
    assert resource["verification"][0]["verified"] is True
    assert consent.child.nickname not in json.dumps(resource, ensure_ascii=False)


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([], "proposed"),
        (["granted"], "active"),
        (["granted", "revoked"], "inactive"),
        (["declined"], "rejected"),
    ],
)
def test_the_status_says_how_it_stands(events, status):
    child = make_child(make_user(), born_on=timezone.localdate() - timedelta(days=366 * 15))
    consent = make_consent(child, agreed=[], granted_by=make_user())
    for kind in events:
        add_event(consent, ConsentEventKind(kind), make_user())

    assert written(consent)["status"] == status


def spoiled(resource: dict, path: str, value) -> dict:
    resource = copy.deepcopy(resource)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = resource
    for part in way:
        place = place[part]
    place[last] = value
    return resource


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("status", "banana"),
        ("provision.type", "deny"),
        ("provision.type", "allow"),
        ("provision.code.0.coding.0.code", "everything"),
        ("provision.purpose.0.code", "marketing"),
        ("provision.data.0.meaning", "related"),
        ("provision.data.0.reference.identifier.value", "urn:uuid:no"),
        ("provision.actor.0.reference.type", "Device"),
        ("provision.actor.0.reference.identifier.value", ""),
        ("provision.period", {"start": "2026-01-01"}),
        ("provision.actor", []),
        ("provision.code", []),
        ("patient.reference", "Patient/nobody"),
        ("resourceType", "Patient"),
    ],
)
def test_what_is_not_ours_is_refused_and_not_repeated(consent, path, value):
    with pytest.raises(NotUnderstood) as refused:
        terms_of(spoiled(written(consent), path, value))

    assert "nobody" not in str(refused.value) and "banana" not in str(refused.value)
