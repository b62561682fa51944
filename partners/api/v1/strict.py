"""What is asked for by a name that is not described is refused: a misspelt filter would answer with too much."""

from functools import lru_cache

from django.http import HttpRequest

from .problems import Stop


@lru_cache(maxsize=1)
def _described() -> dict[tuple[str, str], frozenset[str]]:
    """The names that each operation may be asked by, by its address and method."""
    from .description import description  # it reads every operation, and they stand on this module

    return {
        (path.strip("/"), method.upper()): frozenset(
            each["name"] for each in operation["parameters"] if each["in"] == "query"
        )
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    }


def refuse_undescribed(request: HttpRequest) -> None:
    """Raises Stop for a name in the query that the operation does not know, or one that stands there twice."""
    assert request.resolver_match
    address = request.resolver_match.route.replace("<", "{").replace(">", "}").strip("/")
    known = _described().get((address, str(request.method)), frozenset())
    if request.GET.keys() - known or any(len(values) > 1 for _, values in request.GET.lists()):
        raise Stop(422, "not_understood")
