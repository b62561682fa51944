"""The erasure certificate, by its secret link: the account that could have signed in is gone."""

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ..certificates import readable
from ..enums import RequestKind
from ..models import DataRequest, ErasureCertificate


@never_cache
@require_GET
def certificate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The certificate to keep and print; before it is issued, when it will be."""
    asked = _erasure(public_id)
    found = ErasureCertificate.objects.filter(request=asked).first()
    context = {"asked": asked, "certificate": found, "body": readable(found) if found else None}
    return render(request, "data_rights/certificate.html", context)


@never_cache
@require_GET
def certificate_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same as JSON, with the hash over the body."""
    found = ErasureCertificate.objects.filter(request=_erasure(public_id)).first()
    if found is None:
        raise Http404
    response = JsonResponse(
        {"body": found.body, "sha256": found.sha256},
        json_dumps_params={"ensure_ascii": False, "indent": 2, "sort_keys": True},
        encoder=json.JSONEncoder,
    )
    response["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    return response


def _erasure(public_id: UUID) -> DataRequest:
    asked = DataRequest.objects.filter(public_id=public_id, kind=RequestKind.ERASE).first()
    if asked is None:
        raise Http404
    return asked
