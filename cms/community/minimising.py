"""What would give somebody away is not taken in: numbers and addresses are cut out before a text is kept."""

import re

from django.utils.translation import gettext as _

from marketplace.core.minimising import without_identity_numbers

#: E-mail addresses, mobile numbers however they are grouped, and runs of digits as long as a QQ number.
CONTACTS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}(?!\d)"
    r"|(?<!\d)[1-9]\d{6,11}(?!\d)"
)


def minimised(text: str) -> str:
    """Return a text without numbers of identity cards, phones and accounts, and without mail addresses."""
    return CONTACTS.sub(lambda _found: _("（联系方式已隐去）"), without_identity_numbers(text)).strip()
