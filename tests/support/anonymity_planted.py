"""Builds of the community that leak, one mistake each; the attacker must catch every one of them."""

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import count
from typing import Any
from unittest.mock import patch
from uuid import UUID

from cms.community import names, pictures
from cms.community.models import Post, Reply
from cms.community.models.writings import Writing


def _number(user: Any, salt: str = "") -> int:
    return int.from_bytes(hashlib.sha256(f"{user.public_id}{salt}".encode()).digest()[:8])


def _drawn(change: Callable[[Any, Any], None]) -> AbstractContextManager:
    """Change every alias after it was drawn."""
    draw = names.draw_alias

    def leaking(user: Any, thread: Any, *, is_author: bool) -> Any:
        alias = draw(user, thread, is_author=is_author)
        change(alias, user)
        return alias

    return patch.object(names, "draw_alias", leaking)


def picture_of_the_person() -> AbstractContextManager:
    """The little picture is made from the account."""

    def change(alias: Any, user: Any) -> None:
        number = _number(user)
        alias.picture = f"{names.SHAPES[number % len(names.SHAPES)]}-{names.COLOURS[number // 97 % len(names.COLOURS)]}"

    return _drawn(change)


def name_from_the_account() -> AbstractContextManager:
    """The name is a hash of the account's id."""

    def change(alias: Any, user: Any) -> None:
        number = _number(user, "name")
        alias.name = f"{names.HOWS[number % len(names.HOWS)]}{names.WHOS[number // 101 % len(names.WHOS)]}"

    return _drawn(change)


def hidden_mark_in_the_name() -> AbstractContextManager:
    """Marks nobody sees stand behind the name."""

    def change(alias: Any, user: Any) -> None:
        alias.name += "".join("\u200b\u200c"[_number(user) >> bit & 1] for bit in range(9))

    return _drawn(change)


def _redraw(redrawn: Callable[[bytes], tuple[str, bytes]]) -> AbstractContextManager:
    return patch("cms.community.services.writing.redrawn", redrawn)


def exif_kept() -> AbstractContextManager:
    """Pictures are kept as the phone sent them."""
    return _redraw(lambda content: ("wide", content))


def size_kept() -> AbstractContextManager:
    """Pictures lose what the file knew, and keep the phone's own size."""

    def redrawn(content: bytes) -> tuple[str, bytes]:
        from PIL import Image

        out = io.BytesIO()
        with Image.open(io.BytesIO(content)) as opened:
            opened.convert("RGB").save(out, "JPEG", quality=pictures._QUALITIES[0])
        return "wide", out.getvalue()

    return _redraw(redrawn)


def numbered_ids() -> AbstractContextManager:
    """Ids are counted: who writes twice in a row has neighbours."""
    numbers = count(0x018F_0000_0000_7000_8000_0000_0000_0000, 1 << 16)
    stack = ExitStack()
    for model in (Post, Reply):
        field = model._meta.get_field("public_id")
        stack.enter_context(patch.object(field, "default", lambda: UUID(int=next(numbers))))
        stack.enter_context(patch.dict(field.__dict__, {"_get_default": lambda: UUID(int=next(numbers))}))
    return stack


@contextmanager
def to_the_second() -> Iterator[None]:
    """Pages say when something was written, to the second."""
    written: dict[Any, Any] = {}
    init = Writing.save

    def save(self: Any, *given: Any, **options: Any) -> None:
        if self.state == "waiting":
            written[self.public_id] = self.written_at
        self.slot = written.get(self.public_id, self.slot) if self.slot else self.slot
        init(self, *given, **options)

    with (
        patch.object(Writing, "save", save),
        patch("cms.community.slots.in_words", lambda slot, **_: f"{slot:%Y-%m-%d %H:%M:%S}"),
    ):
        yield


def key_in_the_page() -> AbstractContextManager:
    """The page carries what the person is known by, the same in every thread."""

    def change(alias: Any, user: Any) -> None:
        alias.picture = f"k{_number(user):015x}-1"

    return _drawn(change)


PLANTED: dict[str, Callable[[], AbstractContextManager]] = {
    "picture of the person": picture_of_the_person,
    "name from the account": name_from_the_account,
    "hidden mark in the name": hidden_mark_in_the_name,
    "what the phone knew": exif_kept,
    "the phone's own size": size_kept,
    "numbered ids": numbered_ids,
    "times to the second": to_the_second,
    "a key in the page": key_in_the_page,
}
