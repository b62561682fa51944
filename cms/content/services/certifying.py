"""Certificates: only for courses written for teachers, and only when every lesson lies behind."""

import secrets

from django.db import transaction

from marketplace.accounts.models import User

from ..enums import Audience, Kind
from ..errors import CourseNotFinished, NoCertificateForThis
from ..models import CourseCertificate, Item
from ..selectors.keeping import has_finished, leading_page, progress_of

#: Letters and digits nobody mixes up when reading a number out.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def gives_certificate(item: Item) -> bool:
    """Whether a course ends in a certificate."""
    return item.kind == Kind.COURSE and item.audience in (Audience.TEACHER, Audience.PRINCIPAL)


@transaction.atomic(durable=True)
def issue_certificate(*, user: User, item: Item, holder_name: str) -> CourseCertificate:
    """Issue somebody's certificate of a course; asked again, the same one under the name now given.

    Raises:
        NoCertificateForThis: the course is not one for teachers.
        CourseNotFinished: lessons are left.
    """
    if not gives_certificate(item):
        raise NoCertificateForThis
    if not has_finished(progress_of(user, item), item):
        raise CourseNotFinished
    page = leading_page(item)
    certificate, _ = CourseCertificate.objects.update_or_create(
        user=user,
        item=page,
        defaults={"holder_name": holder_name.strip()},
        create_defaults={
            "holder_name": holder_name.strip(),
            "number": "XQ-" + "".join(secrets.choice(_SIGNS) for _ in range(10)),
            "course_title": page.title,
            "course_version": page.version,
            "lessons": len(page.lessons),
            "minutes": page.reading_minutes,
        },
    )
    return certificate
