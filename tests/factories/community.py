"""Members, topics and what is said in them, through the services people use."""

import io
from typing import Any

from PIL import Image

from cms.community.models import Post, Reply, Topic
from cms.community.services import showing, writing
from cms.community.services.opening import open_topics
from marketplace.accounts.models import User
from marketplace.core.age_bands import AgeBand

from .people import make_teen


def make_topic(need: str = "exams", band: str = AgeBand.OLDER_TEEN) -> Topic:
    """One of the community's topics."""
    open_topics()
    return Topic.objects.get(need=need, band=band)


def make_post(user: User | None = None, *, topic: Topic | None = None, shown: bool = True, **fields: Any) -> Post:
    """A post of a member, shown unless it is to wait."""
    sent = writing.write_post(
        user=user or make_teen(age=16),
        topic=topic or make_topic(),
        text=fields.pop("text", "下周月考，今天晚上有点静不下来。"),
        **fields,
    )
    assert isinstance(sent.writing, Post)
    return _shown(sent.writing) if shown else sent.writing  # type: ignore[return-value]


def make_reply(user: User | None = None, *, thread: Post, shown: bool = True, **fields: Any) -> Reply:
    """An answer of a member, shown unless it is to wait."""
    sent = writing.write_reply(
        user=user or make_teen(age=16),
        thread_id=thread.public_id,
        text=fields.pop("text", "我听到了，我也是这样。"),
        **fields,
    )
    assert isinstance(sent.writing, Reply)
    return _shown(sent.writing) if shown else sent.writing  # type: ignore[return-value]


def make_picture(*, size: tuple[int, int] = (900, 700), tone: str = "seagreen", **saved: Any) -> bytes:
    """A JPEG as a phone would send it; `saved` goes to Pillow, for example exif."""
    out = io.BytesIO()
    Image.new("RGB", size, tone).save(out, "JPEG", **saved)
    return out.getvalue()


def _shown(found: Post | Reply) -> Post | Reply:
    if not found.is_shown:
        showing.show(writing=found)
        found.refresh_from_db()
    return found
