"""The secret of an invitation's link, and the keyed digests under which it and the invited address are kept."""

import secrets

from django.utils.crypto import salted_hmac

from marketplace.accounts.phones import e164

_LINK, _ADDRESS = "catalog.partner.team.link", "catalog.partner.team.address"


def new_secret() -> str:
    """Return a secret for a link: 32 characters."""
    return secrets.token_urlsafe(24)


def digest_of(secret: str) -> str:
    """Return the digest under which a link's secret is kept."""
    return salted_hmac(_LINK, secret.strip(), algorithm="sha256").hexdigest()


def address_digest(address: str) -> str:
    """Return the digest under which an invited telephone number or e-mail address is kept."""
    return salted_hmac(_ADDRESS, plain_address(address), algorithm="sha256").hexdigest()


def plain_address(address: str) -> str:
    """Return an address as it is compared: an e-mail in small letters, a number with its country."""
    written = address.strip()
    return written.lower() if "@" in written else e164(written) or written


def hint_of(address: str) -> str:
    """Return enough of an address to know it again: 138****0000, l***@example.com."""
    address = plain_address(address)
    if "@" in address:
        name, _, house = address.partition("@")
        return f"{name[:1]}***@{house}"[:60]
    bare = address.removeprefix("+86")
    return f"{bare[:3]}****{bare[-4:]}"
