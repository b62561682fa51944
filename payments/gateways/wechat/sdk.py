"""The SDK, mended.

Its calls are kept; the core beneath them, which they all go through, is ours, because the SDK's:
- has WeChat's address fixed, waits without end, and opens a connection per call;
- in certificate mode downloads in its constructor, forgets all certificates when a later download fails, and
  downloads whenever a message names an unknown one;
- returns errors unverified, takes answers of any age, and raises bare exceptions;
- writes decrypted messages to a logger.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests
from wechatpayv3 import WeChatPay, WeChatPayType
from wechatpayv3 import core as sdk_core
from wechatpayv3.type import RequestType, SignType
from wechatpayv3.utils import build_authorization

from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.wechat.config import WechatConfig
from payments.gateways.wechat.platform_keys import PlatformKeys
from payments.gateways.wechat.signing import NotSigned, Signature, check_signature, opened, read_signature

_TIMEOUT_SECONDS = (3, 10)
#: A "no" that says nothing about what was asked: our signature, WeChat's limits.
_NO_NO = frozenset({401, 408, 429})


@dataclass(frozen=True)
class Answer:
    """A verified answer: `content` is empty for 204; `code` is WeChat's when it says no."""

    status: int
    content: Mapping[str, Any]

    @property
    def code(self) -> str:
        """WeChat's code of a refusal, empty for a yes."""
        return "" if self.status < 300 else str(self.content.get("code", ""))


class _Core(sdk_core.Core):  # type: ignore[misc]
    """Sends requests; answers are returned only when WeChat signed them just now."""

    def __init__(self, config: WechatConfig) -> None:
        # On purpose without the SDK's own: it reads keys and goes to the network.
        self._config = config
        self._gate_way = config.gateway_url
        self._private_key = config.private_key
        self._apiv3_key = config.api_v3_key
        self._session = requests.Session()
        # No proxy, no netrc: an Authorization header of another kind would be put over ours.
        self._session.trust_env = False
        self.keys = PlatformKeys(
            public_key=config.public_key,
            public_key_id=config.public_key_id,
            api_v3_key=config.api_v3_key,
            download=self._download_certificates,
        )

    def request(
        self, path: str, method: RequestType = RequestType.GET, data: Any = None, **options: Any
    ) -> tuple[int, bytes]:
        """What every call of the SDK ends in. Raises GatewayUnclear; `skip_verify` is the SDK's for files."""
        is_file = bool(options.get("skip_verify"))
        if not is_file:
            self.keys.keep_fresh()
        response = self._send(path, method, data)
        if not is_file:
            self._verify(response)
        return response.status_code, response.content

    def _send(self, path: str, method: RequestType, data: Any) -> requests.Response:
        if not path.startswith("/"):
            raise GatewayUnclear("not an address of WeChat")
        body = json.dumps(data) if data is not None else ""
        config = self._config
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "xinqiao",
            "Authorization": build_authorization(
                path, method.value, config.mchid, config.certificate_serial, config.private_key, data=body
            ),
        }
        if config.public_key_id:
            headers["Wechatpay-Serial"] = config.public_key_id
        try:
            return self._session.request(
                method.value,
                self._gate_way + path,
                data=body.encode() or None,
                headers=headers,
                timeout=_TIMEOUT_SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise GatewayUnclear(type(error).__name__) from None

    def _verify(self, response: requests.Response) -> None:
        if response.status_code in _NO_NO or response.status_code >= 500:
            raise GatewayUnclear(f"HTTP {response.status_code}")
        try:
            signature = read_signature(response.headers)
            check_signature(signature, response.content, self.keys.key_of(signature.serial))
        except NotSigned as error:
            raise GatewayUnclear(f"the answer is not signed: {error}") from error

    def _download_certificates(self) -> tuple[Signature, bytes, Sequence[Mapping[str, str]]]:
        response = self._send("/v3/certificates", RequestType.GET, None)
        if response.status_code != 200:
            raise GatewayUnclear(f"HTTP {response.status_code}")
        entries = [entry["encrypt_certificate"] for entry in response.json()["data"]]
        return read_signature(response.headers), response.content, entries

    def opened_message(self, headers: Mapping[str, str], raw: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
        """The event and the content of a message. Raises NotSigned, nothing else."""
        signature = read_signature(headers)
        check_signature(signature, raw, self.keys.key_of(signature.serial))
        try:
            event = json.loads(raw)
            content = json.loads(opened(event["resource"], self._apiv3_key))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotSigned("unreadable") from error
        if not isinstance(content, dict) or event.get("resource_type") != "encrypt-resource":
            raise NotSigned("unreadable")
        return event, content


class _Sdk(WeChatPay):  # type: ignore[misc]
    """The SDK's calls over our core."""

    def __init__(self, config: WechatConfig) -> None:
        self._type = WeChatPayType.NATIVE
        self._mchid, self._appid = config.mchid, config.app_id
        self._notify_url = None
        self._partner_mode = False
        self._core = _Core(config)


class WechatClient:
    """The SDK, with exactly three outcomes: an answer, GatewayRefused by whoever asks for `yes_of`, GatewayUnclear."""

    def __init__(self, config: WechatConfig) -> None:
        self._sdk = _Sdk(config)
        self._core: _Core = self._sdk._core

    def answer_of(self, call: Callable[..., tuple[int, bytes]], **arguments: Any) -> Answer:
        """The verified answer to a call of the SDK, yes or no. Raises GatewayUnclear."""
        status, raw = call(self._sdk, **arguments)
        return _answer(status, raw)

    def asked(self, path: str, content: Mapping[str, Any] | None = None) -> Answer:
        """The same for what the SDK has no call for: a POST with content, a GET without."""
        method = RequestType.GET if content is None else RequestType.POST
        return _answer(*self._core.request(path, method=method, data=content))

    def file_of(self, url: str) -> bytes:
        """A file whose address came in a verified answer. Raises GatewayUnclear."""
        status, raw = self._sdk.download_bill(url)
        if status != 200:
            raise GatewayUnclear(f"HTTP {status}")
        return bytes(raw)

    def signature_of(self, *lines: str) -> str:
        """Our signature over lines of text."""
        return str(self._sdk.sign(list(lines), SignType.RSA_SHA256))

    def message_of(self, headers: Mapping[str, str], raw: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
        """The event and the content of a message. Raises NotSigned, nothing else."""
        return self._core.opened_message(headers, raw)


def _answer(status: int, raw: bytes) -> Answer:
    try:
        content = json.loads(raw) if raw else {}
    except ValueError as error:
        raise GatewayUnclear("the answer is no JSON") from error
    if not isinstance(content, dict) or (status >= 300 and not content.get("code")):
        raise GatewayUnclear("the answer is no object")
    return Answer(status, content)


def yes_of(answer: Answer) -> Mapping[str, Any]:
    """The content of a yes. Raises GatewayRefused for a definite no."""
    if answer.code:
        raise GatewayRefused(answer.code, str(answer.content.get("message", "")))
    return answer.content
