"""Files that nothing points at."""

from datetime import datetime
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.core.uploads.services import receive
from tests import factories

from .made import Made, dated, maker


@maker("loose_uploads")
def _loose_upload(at: datetime) -> Made:
    user = factories.make_user()
    content = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n")
    file = receive(content, owner_kind="test", owner_subject=uuid4(), uploaded_by=user)
    return Made(dated(file, created_at=at), user.public_id)
