"""The interface itself: what every answer says, how errors are told, and the description made from it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from marketplace.core.errors import Refusal

from . import problems
from .problems import Stop, answer, problem, refused
from .words import Problem

#: What any operation may answer besides what it is for.
PROBLEMS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 405, 409, 422, 429), Problem)
DESCRIPTION = (
    "For the programs of organisations on Xinqiao. Send a key as `Authorization: Bearer <key>`; what it may do are its "
    "scopes. Times are UTC, money is integer fen. Lists go on with `cursor`. Whatever changes something wants an "
    "`Idempotency-Key` and happens once under it. Version 1 only grows: fields are added, none is taken away."
)


class PartnersApi(NinjaAPI):
    """Ninja's, with our headers and errors."""

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        """Say in every answer what is left of the minute, and that nobody keeps it."""
        return dressed(request, super().create_response(request, data, **options))

    @property
    def _scopes(self) -> dict[str, list[str]]:
        """What each operation wants a key to have."""
        return {
            str(operation.operation_id): [
                str(scope) for each in operation.auth_callbacks for scope in getattr(each, "scopes", ())
            ]
            for router in self._get_bound_routers()
            for view in router.path_operations.values()
            for operation in view.operations
        }

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Describe errors by the type they have."""
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                operation["x-scopes"] = self._scopes[operation["operationId"]]
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = {problems.CONTENT_TYPE: response["content"]["application/json"]}
        return schema


def dressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Add what every answer says."""
    allowance = getattr(request, "allowance", None)
    for name, value in (allowance.headers if allowance else {}).items():
        response[name] = value
    response["Cache-Control"] = "no-store, private"
    return response


api = PartnersApi(
    title="Xinqiao partner interface",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    docs_url=None,
    openapi_url=None,
)


@api.exception_handler(Stop)
def _stopped(request: HttpRequest, stop: Stop) -> HttpResponse:
    return dressed(request, answer(problem(stop.status, stop.code, stop.detail), stop.headers))


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return dressed(request, answer(problem(401, "no_valid_key"), {"WWW-Authenticate": "Bearer"}))


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return dressed(request, answer(refused(refusal)))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return dressed(request, answer(problem(404, "not_found")))


@api.exception_handler(HttpError)
def _not_read(request: HttpRequest, error: HttpError) -> HttpResponse:
    status = error.status_code if error.status_code in problems.TITLES else 400
    return dressed(request, answer(problem(status, "not_read")))


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say where and what kind, never which value: it may be anybody's."""
    where = [{"where": ".".join(map(str, each["loc"])), "what": each["type"]} for each in error.errors]
    return dressed(request, answer(problem(422, "not_understood", errors=where)))
