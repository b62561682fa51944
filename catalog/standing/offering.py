"""What an organisation may sell and say, by its licences."""

from catalog.catalogue.enums import ProductKind
from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner

from .enums import LicenceKind
from .models import Licence
from .selectors import licences_of

_CARE = frozenset(ProductKind.values)
_TEACHING = frozenset({ProductKind.GROUP, ProductKind.COURSE, ProductKind.ASSESSMENT})
_BY_LICENCE: dict[str, frozenset[str]] = {
    LicenceKind.BUSINESS: _CARE,
    LicenceKind.MEDICAL: _CARE,
    LicenceKind.SCHOOL: _TEACHING,
    LicenceKind.SOCIAL: frozenset({ProductKind.GROUP, ProductKind.COURSE}),
    LicenceKind.COMMUNITY: frozenset({ProductKind.GROUP, ProductKind.COURSE}),
}
_BY_TYPE: dict[str, frozenset[str]] = {
    OrganisationType.CLINIC: _CARE,
    OrganisationType.HOSPITAL: _CARE,
    OrganisationType.SCHOOL: _TEACHING,
    OrganisationType.COMMUNITY: frozenset({ProductKind.GROUP, ProductKind.COURSE}),
    OrganisationType.MAKER: frozenset({ProductKind.GOODS, ProductKind.COURSE}),
    OrganisationType.ASSOCIATION: frozenset({ProductKind.GROUP, ProductKind.COURSE}),
}


def what_may_be_sold(partner: Partner) -> frozenset[str]:
    """Return the kinds of products an organisation may sell: what its kind may, as far as a licence of today covers it.

    An organisation of which no licence was ever noted came before licences were, and may what its kind may.
    """
    by_type = _BY_TYPE.get(partner.organisation_type, frozenset())
    if not Licence.objects.filter(partner=partner).exists():
        return by_type
    licensed = frozenset().union(*(_BY_LICENCE[each.kind] for each in licences_of(partner)))
    return by_type & licensed


def may_use_medical_words(partner: Partner) -> bool:
    """Whether an organisation may speak of what only medical institutions do: by its licence, nothing else.

    One of which no licence was ever noted is taken by its kind.
    """
    if not Licence.objects.filter(partner=partner).exists():
        return partner.organisation_type == OrganisationType.HOSPITAL
    return licences_of(partner).filter(kind=LicenceKind.MEDICAL).exists()
