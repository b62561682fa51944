"""The ZIP: the page, the JSON and the bundle, with names that say nothing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from ..enums import Scope
from ..registry import Section
from .bundle import bundle_of
from .document import page_of

PAGE, DATA, BUNDLE = "my-data.html", "my-data.json", "fhir-bundle.json"
FORMAT = "xinqiao-copy/1"


@dataclass(frozen=True)
class MadeCopy:
    """The finished file and its SHA-256 in hex."""

    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def zipped(
    sections: Sequence[Section], resources: Sequence[dict[str, Any]], *, scope: Scope, made_at: datetime
) -> MadeCopy:
    """Return the ZIP of a copy. Raises NotValidFhir."""
    files = {
        PAGE: page_of(sections, scope=scope, made_at=made_at),
        DATA: _json_of(sections, scope, made_at),
        BUNDLE: bundle_of(resources, made_at=made_at),
    }
    out = BytesIO()
    stamp = timezone.localtime(made_at).timetuple()[:6]
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(ZipInfo(name, stamp), text.encode(), compress_type=ZIP_DEFLATED)
    return MadeCopy(out.getvalue())


def _json_of(sections: Sequence[Section], scope: Scope, made_at: datetime) -> str:
    whole = {
        "format": FORMAT,
        "made_at": made_at,
        "scope": scope,
        "sections": [
            {
                "key": section.key,
                "title": str(section.title),
                "columns": {key: str(label) for key, label in section.columns.items()},
                "rows": section.rows,
            }
            for section in sections
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
