"""The agreement: published in versions, signed by the organisation, countersigned by us, ended."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from marketplace.accounts.models import User

from ..agreement_texts import VERSION, text_of
from ..errors import NotOpen, SignerDiffers, TextChanged
from ..locks import locked_application
from ..models import Agreement, AgreementText, Application


def agreement_text(kind: str) -> AgreementText:
    """Return the version in force for a kind of organisation; kept as a row from the first time it is shown."""
    title, body, duties = text_of(OrganisationType(kind))
    digest = hashlib.sha256(json.dumps([title, body, duties], ensure_ascii=False).encode()).hexdigest()
    text, _ = AgreementText.objects.get_or_create(
        kind=kind, version=VERSION, defaults={"title": title, "body": body, "duties": duties, "digest": digest}
    )
    return text


@transaction.atomic
def sign_agreement(*, public_id: UUID, by: User, name: str, digest: str) -> Agreement:
    """Sign for the organisation what one has just read. Again is the same as once.

    Raises: NotOpen, SignerDiffers, TextChanged (another version took the place of what was shown).
    """
    application = locked_application(public_id)
    if not application.is_open:
        raise NotOpen
    text = agreement_text(application.kind)
    if digest != text.digest:
        raise TextChanged
    if "".join(name.split()) != "".join(application.signer_name.split()) or not name.strip():
        raise SignerDiffers
    signature = {
        "digest": text.digest,
        "signed_name": application.signer_name,
        "signed_position": application.signer_position,
        "signed_by": by,
        "signed_at": timezone.now(),
    }
    agreement, _ = Agreement.objects.update_or_create(application=application, text=text, defaults=signature)
    return agreement


def signature_of(application: Application) -> Agreement | None:
    """Return the organisation's signature under the version in force, if it still bears the signer's name."""
    text = agreement_text(application.kind)
    return application.agreements.filter(
        text=text, digest=text.digest, signed_name=application.signer_name, ended_at=None
    ).first()


def countersign(*, application: Application, partner: Partner, by: User, now: datetime) -> None:
    """Sign for ourselves what the organisation signed; part of approving."""
    agreement = signature_of(application)
    if agreement is None:
        raise TextChanged
    agreement.partner, agreement.countersigned_by, agreement.countersigned_at = partner, by, now
    agreement.save(update_fields=["partner", "countersigned_by", "countersigned_at"])


@transaction.atomic
def end_agreements(*, partner: Partner, now: datetime | None = None) -> int:
    """End the cooperation with an organisation on paper: from here its papers' time runs. Return how many ended."""
    now = now or timezone.now()
    ended = Agreement.objects.filter(partner=partner, ended_at=None).update(ended_at=now)
    Application.objects.filter(partner=partner, closed_at=None).update(closed_at=now)
    return ended
