"""The heart on a card. Cards are made once for everybody, with a heart that is not pressed; whose it is decides the rest."""

from collections.abc import Collection, Iterable, Mapping

_BEGIN, _END = "<!-- heart -->", "<!-- /heart -->"
#: How a pressed heart differs from one that is not; templates/browse/_heart.html writes both.
_PRESSED = (('name="keep"', 'name="drop"'), ('aria-pressed="false"', 'aria-pressed="true"'))


def with_hearts(shown: Mapping[int, tuple[str, str]], saved: Collection[int] | None) -> Iterable[str]:
    """Yield the html of cards as one person sees them: `saved` are their product ids, None for a visitor (no hearts)."""
    for pk, (_, html) in shown.items():
        before, _, rest = html.partition(_BEGIN)
        heart, _, after = rest.partition(_END)
        yield f"{before}{_heart(heart, pk, saved)}{after}"


def _heart(heart: str, pk: int, saved: Collection[int] | None) -> str:
    if saved is None:
        return ""
    if pk in saved:
        for plain, pressed in _PRESSED:
            heart = heart.replace(plain, pressed)
    return heart
