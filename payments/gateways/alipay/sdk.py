"""The official SDK, mended.

Its functions find each other as module globals, which is where they are replaced:
- a port in the address crashes it, and it connects to 80 or 443 whatever the address says;
- it stamps requests with the process's local time, while Alipay reads Beijing time;
- it takes only PKCS#1 private keys and signs in pure Python;
- it takes SHA-1 signatures on answers;
- it knows nothing of certificate mode: neither the two serials of a request nor the one of an answer.
"""

import json
import re
from datetime import datetime
from http.client import HTTPConnection, HTTPSConnection
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from alipay.aop.api import DefaultAlipayClient as client_module
from alipay.aop.api.AlipayClientConfig import AlipayClientConfig
from alipay.aop.api.util import WebUtils
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from payments.gateways.alipay.config import AlipayConfig
from payments.gateways.alipay.signing import is_signed, sign
from payments.gateways.alipay.wire import ALIPAY_ZONE
from payments.gateways.base import GatewayRefused, GatewayUnclear

_TIMEOUT_SECONDS = 8
_DONE = "10000"
#: In certificate mode an answer names Alipay's certificate between its content and the signature, which covers the
#: content alone; the SDK looks for the two side by side.
_CERT_SERIAL = re.compile(rb'\}\s*,\s*"alipay_cert_sn"\s*:\s*"[0-9a-zA-Z]*"\s*,\s*"sign"')
_sdk_post = WebUtils.do_post


def _connection(url: str, query: str, timeout: float) -> tuple[str, HTTPConnection]:
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    # Origin form: an absolute request target ends up in the path of many servers.
    return f"{parts.path or '/'}?{query}", kind(parts.hostname or "", parts.port, timeout=timeout)


def _sign(key: RSAPrivateKey, content: str, charset: str) -> str:
    return sign(key, content.encode(charset))


def _verify(key: RSAPublicKey, message: bytes, signature: str) -> bool:
    return is_signed(key, message, signature)


def _post(*args: Any) -> bytes:
    return _CERT_SERIAL.sub(b'},"sign"', _sdk_post(*args))


def _mend() -> None:
    beijing = SimpleNamespace(now=lambda: datetime.now(ALIPAY_ZONE))
    WebUtils.get_http_connection = _connection
    client_module.datetime = SimpleNamespace(datetime=beijing)
    client_module.do_post = _post
    client_module.sign_with_rsa2 = _sign
    client_module.verify_with_rsa = _verify


_mend()


class AlipayClient:
    """Sends SDK requests; answers are verified by the SDK's parser with our own check."""

    def __init__(self, config: AlipayConfig) -> None:
        sdk_config = AlipayClientConfig()
        sdk_config.server_url = config.gateway_url
        sdk_config.app_id = config.app_id
        sdk_config.app_private_key = config.private_key
        sdk_config.alipay_public_key = config.public_key
        sdk_config.timeout = _TIMEOUT_SECONDS
        self._client = client_module.DefaultAlipayClient(sdk_config)
        self._serials = {"app_cert_sn": config.app_cert_serial, "alipay_root_cert_sn": config.root_cert_serial}

    def answer_of(self, request: Any) -> dict[str, Any]:
        """The verified answer. Raises GatewayUnclear for whatever goes wrong on the way."""
        self._name_certificates(request)
        try:
            answer = json.loads(self._client.execute(request))
        except Exception as error:
            # The SDK masks HTTP errors with a TypeError, so every exception means the same: the
            # request may have been carried out.
            raise GatewayUnclear from error
        if not isinstance(answer, dict):
            raise GatewayUnclear("the answer is no object")
        return answer

    def page_url_of(self, request: Any) -> str:
        """The signed address of a cashier page: as a GET, because the SDK's form breaks on entities."""
        self._name_certificates(request)
        url: str = self._client.page_execute(request, http_method="GET")
        return url

    def _name_certificates(self, request: Any) -> None:
        if all(self._serials.values()):
            request.udf_params = self._serials


def require_done(answer: dict[str, Any]) -> None:
    """Raises GatewayRefused for a definite no, GatewayUnclear for Alipay's own "unknown"."""
    code, sub_code = answer.get("code", ""), answer.get("sub_code", "")
    if code == _DONE:
        return
    if not code.startswith("4000") or "SYSTEM_ERROR" in sub_code:
        raise GatewayUnclear(f"{code} {sub_code}")
    raise GatewayRefused(sub_code or code, answer.get("sub_msg", ""))
