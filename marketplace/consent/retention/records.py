"""The classes of consent's own packages: what was agreed, seen, asked for and complained about, and these reports."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, Exists, F, Min, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from marketplace.core.audit.models import AuditEvent, DaySeal
from marketplace.core.audit.services import erase_days
from marketplace.core.encryption.services import destroy_data_key
from marketplace.core.formatting import in_shanghai

from ..enums import ConsentEventKind
from ..models import Consent, ConsentEvent, SafetyOverride, StandingConsent
from ..rights.models import DataRequest, ErasureCertificate
from .models import LegalHold, RetentionRun
from .registry import RetentionClass, register
from .rows import deleted, standing_alone
from .selectors import held_subjects


def _access_events(cutoff: datetime) -> "QuerySet[Any]":
    """Events of closed days that are over as a whole: a chain is dropped by the day."""
    closed = DaySeal.objects.filter(is_final=True, chain_on=OuterRef("chain_on"))
    return AuditEvent.objects.filter(Exists(closed), chain_on__lt=in_shanghai(cutoff).date())


def _days_of_held(rows: "QuerySet[Any]", held: Collection[UUID]) -> "QuerySet[Any]":
    """A look at somebody under a hold keeps its whole day."""
    return rows.filter(chain_on__in=AuditEvent.objects.filter(subject_id__in=held).values("chain_on"))


def _erase_oldest_day(rows: "QuerySet[Any]") -> int:
    day = rows.aggregate(day=Min("chain_on"))["day"]
    return erase_days(before=day + timedelta(days=1), held_subjects=held_subjects())


def _consents(cutoff: datetime) -> "QuerySet[Any]":
    """Consents by their end: turned down or taken back, or run out."""
    ending = ConsentEvent.objects.filter(
        consent=OuterRef("pk"), kind__in=[ConsentEventKind.DECLINED, ConsentEventKind.REVOKED]
    ).order_by("at")
    # Least() passes over the missing one in PostgreSQL.
    ended = Consent.objects.annotate(ended_at=Least(Subquery(ending.values("at")[:1]), F("valid_until")))
    return ended.filter(ended_at__lt=cutoff)


def _free_consents(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return standing_alone(rows, besides=(ConsentEvent, StandingConsent))


def _erase_consents(rows: "QuerySet[Any]") -> int:
    """Take consents out of the ledger, which lets retention alone do so."""
    chosen = list(rows.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL xinqiao.consent_retention = 'on'")
        StandingConsent.objects.filter(consent__in=chosen).delete()
        ConsentEvent.objects.filter(consent__in=chosen).delete()
        erased = deleted(Consent.objects.filter(pk__in=chosen))
        cursor.execute("SET LOCAL xinqiao.consent_retention = 'off'")
    return erased


def _overrides(cutoff: datetime) -> "QuerySet[Any]":
    """Reviewed, or not let through and so never in force."""
    ended = SafetyOverride.objects.annotate(
        ended_at=Case(When(approved_at=None, then=Coalesce("refused_at", "opened_at")), default=F("reviewed_at"))
    )
    return ended.filter(ended_at__lt=cutoff)


def _requests(cutoff: datetime) -> "QuerySet[Any]":
    return DataRequest.objects.filter(finished_at__lt=cutoff)


def _certificates(cutoff: datetime) -> "QuerySet[Any]":
    return ErasureCertificate.objects.filter(issued_at__lt=cutoff)


def _holds(cutoff: datetime) -> "QuerySet[Any]":
    return LegalHold.objects.filter(released_at__lt=cutoff)


def _erase_holds(rows: "QuerySet[Any]") -> int:
    """With each hold goes the key of its reason."""
    for hold in rows:
        destroy_data_key(subject_id=hold.public_id, reason="retention", destroyed_by=None)
    return deleted(rows)


def _runs(cutoff: datetime) -> "QuerySet[Any]":
    return RetentionRun.objects.filter(finished_at__lt=cutoff)


_CLASSES = (
    RetentionClass(
        key="access_events",
        title=_("谁看过什么"),
        basis="access_events",
        expired=_access_events,
        erase=_erase_oldest_day,
        subjects=("subject_id",),
        kept=_days_of_held,
        dated="chain_on",
    ),
    RetentionClass(
        key="consents",
        title=_("同意"),
        basis="consents",
        expired=_consents,
        free=_free_consents,
        erase=_erase_consents,
        subjects=("child__public_id",),
        dated="ended_at",
    ),
    RetentionClass(
        key="safety_overrides",
        title=_("安全例外"),
        basis="safety_overrides",
        expired=_overrides,
        erase=deleted,
        subjects=("child__public_id",),
        dated="ended_at",
    ),
    RetentionClass(
        key="data_requests",
        title=_("导出、更正和删除的申请"),
        basis="data_requests",
        expired=_requests,
        erase=deleted,
        subjects=("subject_id",),
        dated="finished_at",
    ),
    RetentionClass(
        key="erasure_certificates",
        title=_("删除证明"),
        basis="data_requests",
        expired=_certificates,
        erase=deleted,
        subjects=("request__subject_id",),
        dated="issued_at",
    ),
    RetentionClass(
        key="legal_holds",
        title=_("解除的封存"),
        basis="legal_holds",
        expired=_holds,
        erase=_erase_holds,
        subjects=("subject_id",),
        dated="released_at",
    ),
    RetentionClass(
        key="retention_runs",
        title=_("清理报告"),
        basis="retention_runs",
        expired=_runs,
        erase=deleted,
        subjects=(),
        dated="finished_at",
    ),
)


def register_records() -> None:
    """Register consent's own classes."""
    for retention_class in _CLASSES:
        register(retention_class)
