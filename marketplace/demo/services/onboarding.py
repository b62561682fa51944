"""Two applications: one that waits for our reviewers, one that was asked something. Made by the same services that people use."""

import io
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from catalog.partner.enums import OrganisationType
from marketplace.accounts.models import User
from partners.onboarding import services
from partners.onboarding.enums import LICENCES, CheckResult, PaperKind, Step
from partners.onboarding.models import Application
from partners.onboarding.requirements import requirements_of
from partners.onboarding.services.agreements import agreement_text

from ..data.onboarding import APPLICATIONS, QUESTION, DemoApplication
from ..keys import stable_id


def make_onboarding() -> bool:
    """Hand the demo's applications in, once; return whether they were."""
    if Application.objects.exists():
        return False
    applicant = User.objects.get(public_id=stable_id("user", "shen"))
    reviewer = User.objects.get(public_id=stable_id("user", "staff"))
    waiting, asked = (_hand_in(applicant, data) for data in APPLICATIONS)
    services.take_application(public_id=waiting.public_id, by=reviewer)
    point = requirements_of(waiting.kind).checklist[0]
    services.note_checks(public_id=waiting.public_id, by=reviewer, results={point.key: CheckResult.OK})
    services.ask_organisation(public_id=asked.public_id, by=reviewer, step=Step.PAPERS, text=QUESTION)
    return True


def _hand_in(applicant: User, data: DemoApplication) -> Application:
    application = services.begin_application(applicant=applicant, kind=OrganisationType(data.kind))
    target: dict[str, Any] = {"public_id": application.public_id}
    services.save_organisation(**target, fields=data.organisation)
    services.save_signer(**target, fields=data.signer)
    needed = requirements_of(data.kind)
    for kind in (needed.licences[0], *needed.papers):
        _add(application, applicant, kind)
    for told in data.people:
        person = services.save_person(**target, fields=told)
        paper: dict[str, Any] = {"upload": _photo(PaperKind.QUALIFICATION), "kind": PaperKind.QUALIFICATION}
        services.add_paper(**target, added_by=applicant, person=person, **paper)
    signature = {"name": data.signer["signer_name"], "digest": agreement_text(data.kind).digest}
    services.sign_agreement(**target, by=applicant, **signature)
    services.submit_application(**target, by=applicant)
    return application


def _add(application: Application, applicant: User, kind: PaperKind) -> None:
    licence = {"number": "示例-0001", "issued_by": "示例发证机关", "valid_from_on": date(2025, 1, 1)}
    services.add_paper(
        public_id=application.public_id,
        upload=_photo(kind),
        kind=kind,
        added_by=applicant,
        licence=licence if kind in LICENCES else None,
    )


def _photo(kind: PaperKind) -> SimpleUploadedFile:
    """A sheet of paper that says in big letters that it is none."""
    sheet = Image.new("RGB", (840, 600), "ivory")
    drawing = ImageDraw.Draw(sheet)
    drawing.rectangle((24, 24, 816, 576), outline="seagreen", width=4)
    drawing.text((280, 270), f"EXAMPLE · {kind.value}", fill="seagreen", font_size=32)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return SimpleUploadedFile(f"示例{kind.label}.png", out.getvalue())
