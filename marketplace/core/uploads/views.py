"""A file, handed out to whom it may be shown."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .enums import FileKind
from .errors import FileGone
from .links import file_behind
from .readers import may_read, note_opened
from .services import content_of


@login_required
@never_cache
@require_safe
def open_file(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out one file: pictures in the page, everything else as a download. What may not be read is not there."""
    person = request.user
    file = file_behind(token, person=person)
    if file is None or not may_read(person, file):
        raise Http404
    try:
        content = content_of(file)
    except FileGone as gone:
        raise Http404 from gone
    note_opened(person, file)
    response = HttpResponse(content, content_type=FileKind(file.kind).media_type)
    response["Content-Disposition"] = content_disposition_header(not file.is_picture, file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
