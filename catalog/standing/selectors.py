"""Reads: what is licensed, what is withheld and why."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from catalog.catalogue.models import Product
from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from marketplace.accounts.models import User

from .enums import WithholdingKind
from .models import Assessment, BlacklistEntry, Licence, StandardsVersion, Training, Withholding
from .rules import SPEAKERS


def licences_of(partner: Partner) -> "QuerySet[Licence]":
    """Return an organisation's licences that count today, by kind; the newest of a kind first."""
    return current_licences().filter(partner=partner)


def current_licences(day: date | None = None) -> "QuerySet[Licence]":
    """Return the licences that count on a day (today), their last day included."""
    return Licence.objects.filter(_counts_on(day or timezone.localdate()))


def _counts_on(day: date) -> Q:
    return Q(withdrawn_at=None, valid_from_on__lte=day) & (Q(valid_until_on=None) | Q(valid_until_on__gte=day))


def has_successor(licence: Licence) -> bool:
    """Whether another licence of its kind counts on the day after its end."""
    if licence.valid_until_on is None:
        return False
    following = current_licences(licence.valid_until_on + timedelta(days=1))
    return following.filter(partner=licence.partner_id, kind=licence.kind).exclude(pk=licence.pk).exists()


def partners_without_licence(day: date) -> "QuerySet[Partner]":
    """Return the organisations of which a licence has ended or was taken back, with no other of that kind on that day.

    Where none was ever noted, nothing can end: whether an organisation comes in without one is decided where it applies.
    """
    same = Licence.objects.filter(_counts_on(day), partner=OuterRef("partner"), kind=OuterRef("kind"))
    over = Licence.objects.filter(Q(valid_until_on__lt=day) | Q(withdrawn_at__isnull=False), partner=OuterRef("pk"))
    return Partner.objects.filter(Exists(over.exclude(Exists(same))))


def withheld_products() -> "QuerySet[Product]":
    """Return what may not be booked or bought now."""
    return Product.objects.filter(withheld_at__isnull=False)


def is_withheld(product: Product) -> bool:
    """Whether a product may not be booked or bought, as the database says now."""
    return withheld_products().filter(pk=product.pk).exists()


def is_suspended(provider: Provider) -> bool:
    """Whether nobody may book a provider, as the database says now."""
    return Provider.objects.filter(pk=provider.pk, withheld_at__isnull=False).exists()


def decisions() -> "QuerySet[Withholding]":
    """Return every decision, the newest first, with what pages read of it."""
    return Withholding.objects.select_related("body", "product", "provider__partner", "partner")


def vetoes() -> "QuerySet[Withholding]":
    """Return the vetoes of professional bodies, lifted ones included."""
    return decisions().filter(kind=WithholdingKind.VETO)


def blacklistings() -> "QuerySet[Withholding]":
    """Return what blacklists stopped here, lifted ones included."""
    return decisions().filter(kind=WithholdingKind.BLACKLIST)


def live_decisions_about(provider: Provider) -> "QuerySet[Withholding]":
    """Return what stops a provider now: decisions about it or its organisation."""
    return decisions().filter(Q(provider=provider) | Q(partner=provider.partner_id), lifted_at=None)


def live_decisions_on(product: Product) -> "QuerySet[Withholding]":
    """Return what stops a product now: decisions about it or about who sells it."""
    return decisions().filter(Q(product=product) | Q(partner__stockrecords__product=product), lifted_at=None).distinct()


def blacklisted(*, name: str, number: str = "") -> "QuerySet[BlacklistEntry]":
    """Return live entries of any association about this name or number: for whoever looks at an application."""
    wanted = Q(name__iexact=name.strip())
    if number.strip():
        wanted |= Q(number__iexact=number.strip())
    return BlacklistEntry.objects.filter(wanted, ended_at=None).select_related("body")


def assessments_of(partner: Partner) -> "QuerySet[Assessment]":
    """Return each association's latest assessment of an organisation that still counts."""
    later = Assessment.objects.filter(
        body=OuterRef("body"), partner=OuterRef("partner"), signed_at__gt=OuterRef("signed_at")
    )
    counting = Assessment.objects.filter(~Q(Exists(later)), partner=partner, valid_until_on__gte=timezone.localdate())
    return counting.select_related("body")


def trainings_of(provider: Provider) -> "QuerySet[Training]":
    """Return the trainings a provider took part in, the latest first."""
    return Training.objects.filter(providers=provider).select_related("body")


def standards_in_force() -> StandardsVersion | None:
    """Return the version of the standards that was published last, None before the first."""
    return StandardsVersion.objects.filter(published_at__isnull=False).order_by("-number").first()


def drafted_standards() -> StandardsVersion | None:
    """Return the version that associations may speak on, None where there is none."""
    return StandardsVersion.objects.filter(published_at=None).order_by("-number").first()


def association_of(person: User) -> Partner | None:
    """Return the association somebody speaks for, the first they joined; None for everybody else."""
    return (
        Partner.objects.filter(
            organisation_type=OrganisationType.ASSOCIATION,
            memberships__user=person,
            memberships__role__in=SPEAKERS,
        )
        .order_by("memberships__joined_at", "pk")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Found:
    """Something an association may decide about: of what kind, how an address names it, and whose it is."""

    kind: str
    ref: str
    name: str
    whose: str
    is_withheld: bool


def things_to_decide_about(words: str, *, most: int = 10) -> list[Found]:
    """Return organisations, providers and products whose name holds these words, a few of each."""
    words = words.strip()
    if len(words) < 2:
        return []
    partners = Partner.objects.filter(name__icontains=words).order_by("name", "pk")[:most]
    providers = Provider.objects.filter(name__icontains=words).select_related("partner").order_by("name", "pk")[:most]
    products = Product.objects.filter(title__icontains=words).order_by("title", "pk")[:most]
    return [
        *(
            Found("partner", str(each.public_id), each.name, each.get_organisation_type_display(), False)
            for each in partners
        ),
        *(
            Found("provider", str(each.public_id), each.name, each.partner.name, each.withheld_at is not None)
            for each in providers
        ),
        *(
            Found("product", str(each.pk), each.title, each.get_kind_display(), each.withheld_at is not None)
            for each in products
        ),
    ]
