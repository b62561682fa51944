"""What a report's signature covers: its span and the digests of its text and its paper. Format 1; see docs/oversight.md."""

import hashlib
from datetime import date

from marketplace.core.audit import keys
from marketplace.core.audit.chain import canonical
from marketplace.core.audit.verifying import is_signed

from .models import SignedReport

FORMAT = 1


def statement(*, kind: str, from_on: date, until_on: date, content_digest: str, pdf_digest: str, key_id: str) -> str:
    """Return the text that is signed."""
    return canonical(
        {
            "format": FORMAT,
            "kind": kind,
            "from": from_on.isoformat(),
            "until": until_on.isoformat(),
            "json_sha256": content_digest,
            "pdf_sha256": pdf_digest,
            "key_id": key_id,
        }
    )


def statement_of(report: SignedReport) -> str:
    """Return the text under a report's signature."""
    return statement(
        kind=report.kind,
        from_on=report.from_on,
        until_on=report.until_on,
        content_digest=report.content_digest,
        pdf_digest=report.pdf_digest,
        key_id=report.key_id,
    )


def signature_file(report: SignedReport) -> str:
    """Return what is saved beside a report: the statement, its signature, and the key to check it with."""
    return f"{statement_of(report)}\n{report.signature}\n{keys.public_key_text()}\n"


def digest_of(content: bytes) -> str:
    """Return the SHA-256, in hex."""
    return hashlib.sha256(content).hexdigest()


def is_whole(report: SignedReport) -> bool:
    """Return whether text, paper and signature of a report still belong together."""
    return (
        digest_of(report.content.encode()) == report.content_digest
        and digest_of(bytes(report.pdf)) == report.pdf_digest
        and is_signed(statement_of(report), report.signature, keys.public_key_text())
    )
