"""Every byte the simulated companies were sent, as it came: merchants' calls and payers' browsers alike."""

import base64
import json
from collections import deque
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

PATH = "/__control/tape"
_MOST_KEPT = 500
_MAX_BODY = 1_000_000


class Tape:
    """The newest requests, for tests that look for what should never have been sent."""

    def __init__(self) -> None:
        self._requests: deque[bytes] = deque(maxlen=_MOST_KEPT)

    def record(self, environ: dict[str, Any]) -> None:
        """Keep a request, and leave its body to be read once more."""
        body = environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), _MAX_BODY))
        environ["wsgi.input"] = BytesIO(body)
        head = [f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"]
        head += [f"{name}: {value}" for name, value in environ.items() if name.startswith("HTTP_")]
        self._requests.append("\n".join(head).encode("latin-1", "replace") + b"\n\n" + body)

    def serves(self, path: str) -> bool:
        """Whether a path asks for the tape itself."""
        return path == PATH

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Hand the tape over, each request as base64, and begin a new one."""
        kept = [base64.b64encode(self._requests.popleft()).decode() for _ in range(len(self._requests))]
        raw = json.dumps({"requests": kept}).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(raw)))])
        return [raw]
