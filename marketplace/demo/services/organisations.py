"""Organisations, their places, and the people who give care there."""

from datetime import time

from catalog.catalogue.enums import CategoryAxis
from catalog.catalogue.models import Category
from catalog.partner.models import Partner
from catalog.scheduling.models import Location, Provider, WeeklyAvailability

from ..data.everything import ORGANISATIONS, PEOPLE
from ..data.shapes import Organisation
from ..keys import product_code, stable_id
from .bulk import replace_links, upsert


def load_organisations() -> dict[str, Partner]:
    """Write the organisations and their places; returns partners by key."""
    rows = [_partner(organisation) for organisation in ORGANISATIONS]
    upsert(Partner, rows, key=["code"], keep=["public_id"])
    partners = {partner.code: partner for partner in Partner.objects.filter(code__in=[row.code for row in rows])}
    by_key = {organisation.key: partners[product_code(organisation.key)] for organisation in ORGANISATIONS}
    for organisation in ORGANISATIONS:
        for place in organisation.places:
            Location.objects.update_or_create(
                partner=by_key[organisation.key],
                name=place.name,
                defaults={"address": place.address, "district": place.district, "how_to_find": place.how_to_find},
            )
    return by_key


def load_providers(partners: dict[str, Partner]) -> dict[str, Provider]:
    """Write the providers with their needs and weekly hours; returns them by key."""
    rows = [
        Provider(
            public_id=stable_id("provider", person.key),
            partner=partners[person.organisation],
            name=person.name,
            name_en=person.name_en,
            title=person.title,
            credential=person.credential,
            biography=person.biography,
            approaches=list(person.approaches),
            languages=list(person.languages),
            years_of_practice=person.years,
            tone=person.tone,
            is_demo=True,
        )
        for person in PEOPLE
    ]
    upsert(Provider, rows, key=["public_id"], keep=["user"])
    found = Provider.objects.in_bulk([row.public_id for row in rows], field_name="public_id")
    providers = {person.key: found[stable_id("provider", person.key)] for person in PEOPLE}
    _load_needs(providers)
    _load_hours(providers)
    return providers


def _partner(organisation: Organisation) -> Partner:
    return Partner(
        code=product_code(organisation.key),
        public_id=stable_id("partner", organisation.key),
        name=organisation.name,
        name_en=organisation.name_en,
        organisation_type=organisation.organisation_type,
        introduction=organisation.introduction,
        license_note=organisation.license_note,
        district=organisation.district,
        is_demo=True,
    )


def _load_needs(providers: dict[str, Provider]) -> None:
    needs = dict(Category.objects.filter(axis=CategoryAxis.NEED).values_list("slug", "pk"))
    links = {providers[person.key].pk: [needs[slug] for slug in person.needs] for person in PEOPLE}
    replace_links(Provider.needs.through, owner="provider", other="category", links=links)


def _load_hours(providers: dict[str, Provider]) -> None:
    WeeklyAvailability.objects.filter(provider__in=providers.values()).delete()
    WeeklyAvailability.objects.bulk_create(
        WeeklyAvailability(
            provider=providers[person.key],
            weekday=int(weekday),
            from_time=time.fromisoformat(begin),
            to_time=time.fromisoformat(end),
            modes=list(person.modes),
        )
        for person in PEOPLE
        for weekdays, begin, end in person.hours
        for weekday in weekdays
    )
