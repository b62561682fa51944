"""Making a copy. Reading repeats harmlessly, so a worker that takes over begins again and writes one file."""

from base64 import b64encode
from typing import Any

from ..copies import zipped
from ..models import ExportFile
from ..registry import Section, subject_data
from ..rules import COPY_LASTS
from . import telling
from .work import Work

FILE = "file"


def make_copy(work: Work) -> None:
    """Read everything held about a person and keep it, sealed under the person's own key, for a few days."""
    subject = work.request.subject
    registered = list(subject_data())
    sections: list[Section] = []
    resources: list[dict[str, Any]] = []
    for place, data in enumerate(registered):
        with work.step(data.key, 5 + 80 * place // len(registered)):
            sections += data.export(subject)
            resources += data.fhir(subject) or []
    copy = zipped(sections, resources, scope=subject.scope, made_at=work.now)
    with work.step(FILE, 99) as request:
        ExportFile.objects.filter(request=request).delete()
        ExportFile.objects.create(
            request=request,
            subject_id=request.subject_id,
            content=b64encode(copy.content).decode(),
            size_bytes=len(copy.content),
            sha256=copy.sha256,
            made_at=work.now,
            expires_at=work.now + COPY_LASTS,
        )
        work.finish(request)
        telling.tell_copy_ready(request)
