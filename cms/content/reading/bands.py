"""For which age band somebody reads: by their age where they have an account of their own, otherwise as they chose."""

from django.http import HttpRequest, HttpResponse

from marketplace.accounts.rules import is_teen
from marketplace.core.age_bands import AgeBand, band_of
from marketplace.families.selectors import young_profile_of

COOKIE = "band"
_KEPT = 180 * 24 * 3600


def band_of_reader(request: HttpRequest) -> AgeBand | None:
    """Return the reader's band, nothing when nobody said."""
    if is_teen(request.user):
        profile = young_profile_of(request.user)
        return band_of(profile.age) if profile else None
    chosen = request.COOKIES.get(COOKIE, "")
    return AgeBand(chosen) if chosen in AgeBand.values else None


def keep_band(response: HttpResponse, band: str) -> None:
    """Keep the chosen band in a plain cookie that says nothing else; an empty one takes it away."""
    if band in AgeBand.values:
        response.set_cookie(COOKIE, band, max_age=_KEPT, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
