"""Commands to the simulated companies from within: what stands at their /__control/, without a connection for each."""

import io
import json
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PATH = "/__control/several"
_MAX_BODY = 1_000_000


def commanded(companies: Application, path: str, about: dict[str, Any]) -> dict[str, Any]:
    """A company's answer to one of its commands; empty when it does not understand."""
    body = json.dumps(about).encode()
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": "simulator",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
    }
    raw = b"".join(companies(environ, lambda status, headers: told.append(status)))
    answer: dict[str, Any] = json.loads(raw) if told and told[0].startswith("200") else {}
    return answer


class Several:
    """Many commands in one request: a list of [path, about], answered by a list in the same order."""

    def __init__(self, companies: Application) -> None:
        self._companies = companies

    def serves(self, path: str) -> bool:
        """Whether a path is for several commands."""
        return path == PATH

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Carry them out, one after the other; one that is not understood is answered with {}."""
        asked = json.loads(environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), _MAX_BODY)))
        answers = [commanded(self._companies, path, about) for path, about in asked]
        raw = json.dumps(answers, ensure_ascii=False).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(raw)))])
        return [raw]
