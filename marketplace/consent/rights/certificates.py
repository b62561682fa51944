"""The erasure certificate: what was done, by class and number, with a hash anybody can compute again.

Nothing in it tells whose data it was, so it may lie in our records for ever, be printed, and be checked by its number.
"""

import json
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.utils import timezone

from .models import DataRequest, ErasureCertificate, ErasureStep
from .registry import ErasureOutcome

FORMAT = "xinqiao-erasure-certificate/1"
#: Crockford's letters: none is mistaken for a digit on paper.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 10


def certificate_number(request: DataRequest) -> str:
    """The number of a request's certificate: the same each time it is asked for, and nothing leads back from it."""
    rest = int.from_bytes(sha256(b"certificate:" + request.public_id.bytes).digest()[:8])
    letters = ""
    for _ in range(_LENGTH):
        rest, place = divmod(rest, len(_LETTERS))
        letters += _LETTERS[place]
    return f"XQ-{timezone.localdate(request.asked_at):%Y}-{letters[:5]}-{letters[5:]}"


def outcome_as_json(outcome: ErasureOutcome) -> dict[str, Any]:
    """What one step did, in words of the active language, for the step's row and the certificate."""
    return {
        "erased": [{"class": str(title), "rows": count} for title, count in outcome.erased],
        "stripped": [{"class": str(title), "rows": count} for title, count in outcome.stripped],
        "kept": [
            {
                "class": str(kept.title),
                "rows": kept.count,
                "law": str(kept.law),
                "until": kept.until.isoformat() if kept.until else None,
            }
            for kept in outcome.kept
        ],
    }


def canonical(body: dict[str, Any]) -> bytes:
    """The bytes the hash is over: sorted keys, no spaces, UTF-8."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_of(body: dict[str, Any]) -> str:
    """SHA-256 of a certificate's body, in hex."""
    return sha256(canonical(body)).hexdigest()


def readable(certificate: ErasureCertificate) -> dict[str, Any]:
    """The body with real days and moments in place of their texts, and what is kept under each law, for a page."""
    body = certificate.body
    kept = [row | {"until": date.fromisoformat(row["until"]) if row["until"] else None} for row in body["kept"]]
    keys = [datetime.fromisoformat(moment) for moment in body["keys_destroyed_at"]]
    laws = dict.fromkeys(row["law"] for row in kept)
    by_law = [(law, [row for row in kept if row["law"] == law]) for law in laws]
    return body | {"kept": kept, "kept_by_law": by_law, "keys_destroyed_at": keys}


def issue_certificate(request: DataRequest, *, now: datetime) -> ErasureCertificate:
    """Write the certificate of an erasure whose steps are done; again returns the first one."""
    number = certificate_number(request)
    body = _body(request, number, now)
    certificate, _made = ErasureCertificate.objects.get_or_create(
        request=request, defaults={"number": number, "issued_at": now, "body": body, "sha256": hash_of(body)}
    )
    return certificate


def _body(request: DataRequest, number: str, now: datetime) -> dict[str, Any]:
    outcomes = [step.outcome for step in ErasureStep.objects.filter(request=request).order_by("pk")]
    rows = {
        part: [row for outcome in outcomes for row in outcome.get(part, ())] for part in ("erased", "stripped", "kept")
    }
    keys = [moment for outcome in outcomes for moment in outcome.get("destroyed_at", ())]
    return {
        "format": FORMAT,
        "number": number,
        "asked_at": request.asked_at.isoformat(),
        "issued_at": now.isoformat(),
        **rows,
        "keys_destroyed_at": keys,
    }
