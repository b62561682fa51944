"""A referral letter as FHIR's ServiceRequest (R4)."""

from typing import Any

from .enums import LetterState
from .models import ReferralLetter

#: https://hl7.org/fhir/R4/valueset-request-status.html
_STATUS = {
    LetterState.SENT: "active",
    LetterState.ACCEPTED: "active",
    LetterState.ANSWERED: "completed",
    LetterState.DECLINED: "revoked",
    LetterState.WITHDRAWN: "revoked",
}


def service_request(letter: ReferralLetter, *, with_words: bool) -> dict[str, Any]:
    """Return a letter as a resource; its words only for whoever may read them."""
    found: dict[str, Any] = {
        "resourceType": "ServiceRequest",
        "id": str(letter.public_id),
        "status": _STATUS[LetterState(letter.state)],
        "intent": "proposal",
        "priority": "urgent" if letter.is_urgent else "routine",
        "subject": {"reference": f"Patient/{letter.child.public_id}"},
        "authoredOn": letter.sent_at.isoformat(),
        "requester": {"display": f"{letter.provider.name} · {letter.provider.partner.name}"},
        "performer": [{"display": letter.hospital.name}],
    }
    if with_words:
        notes = [{"text": letter.words, "time": letter.sent_at.isoformat()}]
        if letter.answer and letter.ended_at:
            answer = {"text": letter.answer, "time": letter.ended_at.isoformat()}
            notes.append({"authorString": letter.hospital.name} | answer)
        found["note"] = notes
    return found
