"""The door for gateways' messages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from payments import services
from payments.gateways.registry import GatewayNotEnabled


@csrf_exempt
@require_POST
def notify(request: HttpRequest, gateway: str) -> HttpResponse:
    """A gateway's message; its own signature takes the place of the CSRF token."""
    try:
        code, text = services.receive_webhook(gateway_code=gateway, headers=request.headers, raw=request.body)
    except GatewayNotEnabled:
        raise Http404 from None
    return HttpResponse(text, status=code, content_type="text/plain")
