"""All simulated companies behind one port: /wechat/ and /stripe/ by their first step, a front page at "/", Alipay elsewhere."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any
from wsgiref.util import shift_path_info

from payments.simulators.commands import Several
from payments.simulators.front import Front
from payments.simulators.tape import Tape

_BY_FIRST_STEP = {"wechat": "payments.simulators.wechat.wsgi", "stripe": "payments.simulators.stripe.wsgi"}
_ELSE = "payments.simulators.alipay.wsgi"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Serve the front page, or hand a request to its company; what companies are sent is kept on a tape."""
    for own in (_tape, _several):
        if own.serves(environ["PATH_INFO"]):
            return own(environ, start_response)
    if "/__control/" not in environ["PATH_INFO"]:
        _tape.record(environ)
    handle = _front if _front.serves(environ["PATH_INFO"]) else _company
    return handle(environ, start_response)


def _company(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Hand a request to its company, which sees paths below its own step."""
    first = environ["PATH_INFO"].lstrip("/").split("/", 1)[0]
    module = _BY_FIRST_STEP.get(first, _ELSE)
    if module != _ELSE:
        shift_path_info(environ)
    answer: Iterable[bytes] = import_module(module).application(environ, start_response)
    return answer


_tape = Tape()
_several = Several(_company)
_front = Front(_company)
