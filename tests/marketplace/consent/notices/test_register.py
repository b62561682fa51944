"""The register of processing names all the personal data there is, and nothing that is not there."""

import csv
import io
import json

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.urls import reverse

from marketplace.consent.notices.export import records_of_processing
from marketplace.consent.notices.register import ACTIVITIES, CLAIMS, REFUSALS
from marketplace.consent.notices.register.short import SHORT_NOTICE
from marketplace.consent.retention.schedule import BY_KEY
from marketplace.core.embedded.locations import CHECKOUT
from marketplace.core.grades import Grade, GradeFault, fields_of, grade_of, our_models


def is_personal(model) -> bool:
    for field in fields_of(model):
        try:
            if grade_of(model, field.name) >= Grade.L3:
                return True
        except GradeFault:
            continue
    return False


def test_every_model_with_personal_data_is_named_by_an_activity():
    named = {label for activity in ACTIVITIES for label in activity.models}
    assert {model._meta.label for model in our_models() if is_personal(model)} - named == set()


def test_every_model_named_is_there():
    for activity in ACTIVITIES:
        for label in activity.models:
            assert apps.get_model(label)


def test_every_retention_class_named_is_in_the_table():
    assert {key for activity in ACTIVITIES for key in activity.retention} <= set(BY_KEY)


def test_keys_are_unique_and_icons_drawn():
    keys = [activity.key for activity in ACTIVITIES]
    assert len(keys) == len(set(keys))
    sprite = (CHECKOUT / "marketplace/core/static/icons.svg").read_text()
    for icon in [thing.icon for thing in (*ACTIVITIES, *REFUSALS, *SHORT_NOTICE)]:
        assert f'id="{icon}"' in sprite, icon


def test_what_is_sensitive_or_of_children_is_assessed():
    for activity in ACTIVITIES:
        if any("families.Child" in label or "consent.SafetyOverride" in label for label in activity.models):
            assert activity.needs_assessment, activity.key


@pytest.mark.django_db
def test_records_are_whole_and_can_be_taken_along(client):
    for record in records_of_processing():
        assert all(
            record[name] for name in ("title", "purpose", "data", "grade", "legal_basis", "recipients", "measures")
        )
    document = json.loads(client.get(reverse("notices:processing"), {"format": "json"}).content)
    assert [record["key"] for record in document["activities"]] == [activity.key for activity in ACTIVITIES]
    text = client.get(reverse("notices:processing"), {"format": "csv"}).content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text)))) == len(ACTIVITIES) + 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["hub", "privacy", "not_built", "claims", "processing"])
def test_the_pages_are_for_everybody(client, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        response = client.get(reverse(f"notices:{name}"))
    assert response.status_code == 200
    assert client.post(reverse(f"notices:{name}")).status_code == 405


@pytest.mark.django_db
def test_the_layered_notice_says_what_why_who_how_long_and_what_one_may_choose(client):
    html = client.get(reverse("notices:privacy")).content.decode()
    for activity in ACTIVITIES:
        for words in (activity.title, activity.what, activity.why, activity.who, activity.choices, activity.measures):
            assert str(words) in html
    assert html.index(str(SHORT_NOTICE[-1].title)) < html.index(str(ACTIVITIES[0].title))  # the short one comes first


@pytest.mark.django_db
def test_what_is_not_built_is_said(client):
    html = client.get(reverse("notices:not_built")).content.decode()
    for words in ("人脸", "微表情", "声纹", "步态", "打字", "摄像头", "手环", "门禁"):
        assert words in html


@pytest.mark.django_db
def test_claims_of_others_are_shown_with_source_and_date(client):
    html = client.get(reverse("notices:claims")).content.decode()
    for claim in CLAIMS:
        assert all(str(words) in html for words in (claim.who, claim.claim, claim.source, claim.ours))
        assert claim.noted_on.isoformat() in html


@pytest.mark.django_db
def test_the_hub_stands_in_the_footer_and_in_me(client):
    from tests.factories.people import make_parent, signed_in

    assert f'href="{reverse("notices:hub")}"' in client.get("/").content.decode()
    assert get_template("includes/footer.html")
    main = signed_in(make_parent()).get(reverse("me")).content.decode().split("<main")[1].split("</main>")[0]
    assert f'href="{reverse("notices:hub")}"' in main
