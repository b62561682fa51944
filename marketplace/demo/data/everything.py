"""All demo data in one place, and a fingerprint of how it is written."""

import hashlib
from functools import cache
from pathlib import Path

from . import (
    courses_learning,
    courses_relaxation,
    goods,
    groups,
    organisations,
    packages,
    providers_paper_boat,
    providers_public,
    providers_qinghe,
    sessions_paper_boat,
    sessions_public,
    sessions_qinghe,
)
from .shapes import Course, Item, Organisation, Person, Session

ORGANISATIONS: tuple[Organisation, ...] = organisations.ORGANISATIONS
PEOPLE: tuple[Person, ...] = providers_qinghe.PROVIDERS + providers_paper_boat.PROVIDERS + providers_public.PROVIDERS
SESSIONS: tuple[Session, ...] = (
    sessions_qinghe.SESSIONS + sessions_paper_boat.SESSIONS + sessions_public.SESSIONS + groups.GROUPS
)
COURSES: tuple[Course, ...] = courses_learning.COURSES + courses_relaxation.COURSES
ITEMS: tuple[Item, ...] = SESSIONS + groups.CHECK_UPS + COURSES + goods.GOODS + packages.PACKAGES


@cache
def fingerprint() -> str:
    """Changes with every edit of the data or of how it is loaded."""
    package = Path(__file__).resolve().parents[1]
    sources = sorted(path for folder in ("data", "services") for path in (package / folder).glob("*.py"))
    digest = hashlib.blake2s(digest_size=16)
    for path in sources:
        digest.update(path.read_bytes())
    return digest.hexdigest()
