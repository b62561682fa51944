"""What a stranger sees: every page, picture, header and message, taken apart into one heap of evidence per text."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.core import mail
from django.test import Client
from django.urls import reverse
from PIL import Image

from .anonymity_town import Town

_ARTICLE = re.compile(r'<article[^>]*id="w-(?P<id>[0-9a-f-]{36})".*?</article>', re.S)
_LATER = re.compile(r'href="\?(?:after|before)=([0-9a-f-]{36})"')
_THREAD = re.compile(r"/community/thread/([0-9a-f-]{36})/")
_PICTURE = re.compile(r'src="(/community/picture/[^"]+)"')
_NAME = re.compile(r'<p class="community-who">.*?<b>(?P<name>.*?)</b>', re.S)
_AVATAR = re.compile(r'avatar--(?P<tone>\w+)[ "].*?#(?P<shape>[\w-]+)"', re.S)
_WHEN = re.compile(r"<small[^>]*>(?P<when>[^<]*)</small>")
_WORDS = re.compile(r'<p class="community-words">(.*?)</p>', re.S)
_QUOTE = re.compile(r"<blockquote.*?</blockquote>", re.S)
_TOKEN = re.compile(r"[\w:./+-]{4,}")
#: Where a feed, an API or a list might be; each must not be there.
GUESSES = (
    "feed/ feed.xml atom.xml rss/ api/ api/posts/ posts.json threads.json members/ users/ aliases/ search/ sitemap.xml "
    "community/feed/ community/feed.xml community/atom.xml community/api/ community/posts.json community/members/ community/search/"
).split()


@dataclass
class Seen:
    """All that is to be seen of one text."""

    id: UUID
    thread: str
    name: str = ""
    tone: str = ""
    shape: str = ""
    when: str = ""
    markup: str = ""
    place: float = 0.0
    tokens: set[str] = field(default_factory=set)
    file: bytes = b""
    file_size: tuple[int, int] = (0, 0)
    headers: set[str] = field(default_factory=set)


@dataclass
class Evidence:
    """What a look round came to; `fetched` pages and files, `answered` guesses that should not exist."""

    seen: dict[UUID, Seen] = field(default_factory=dict)
    fetched: int = 0
    answered: list[str] = field(default_factory=list)
    messages: int = 0


def look_round(town: Town, *, other: Client | None = None, sample: int = 0) -> Evidence:
    """Fetch everything as somebody who is not signed in, and some of it as another member."""
    stranger = Client()
    stranger.cookies["age_band"] = "15-18"
    found = Evidence()
    threads: list[str] = []
    for topic in town.topics:
        threads += list(_topic(stranger, reverse("community:topic", args=[topic.slug]), found))
    for number, thread in enumerate(dict.fromkeys(threads)):
        _thread(stranger, thread, found, number / max(1, len(threads)))
        if other and number < sample:
            _thread(other, thread, found, number / max(1, len(threads)))
    for path in ("", "about/"):
        found.fetched += stranger.get(f"/community/{path}").status_code == 200
    found.answered = [guess for guess in GUESSES if stranger.get(f"/{guess}").status_code not in (301, 302, 404)]
    found.messages = sum(
        "community" in message.body or "树洞" in message.subject for message in getattr(mail, "outbox", [])
    )
    _forget_common(found)
    return found


def _topic(client: Client, url: str, found: Evidence) -> Iterator[str]:
    """The threads of a topic, in the order of its pages."""
    query = ""
    while True:
        page = client.get(url + query)
        found.fetched += 1
        html = page.content.decode()
        yield from dict.fromkeys(_THREAD.findall(html))
        later = _LATER.search(html)
        if not later:
            return
        query = f"?before={later[1]}"


def _thread(client: Client, thread: str, found: Evidence, place: float) -> None:
    query, number = "", 0
    while True:
        page = client.get(f"/community/thread/{thread}/{query}")
        found.fetched += 1
        html = page.content.decode()
        for article in _ARTICLE.finditer(html):
            seen = found.seen.setdefault(UUID(article["id"]), Seen(UUID(article["id"]), thread))
            _take_apart(client, seen, article[0], found)
            seen.place = place if number == 0 else number / (number + 1)
            number += 1
        later = _LATER.search(html)
        if not later:
            return
        query = f"?after={later[1]}"


def _take_apart(client: Client, seen: Seen, article: str, found: Evidence) -> None:
    own = _QUOTE.sub("", article)
    name, avatar, when = _NAME.search(own), _AVATAR.search(own), _WHEN.search(own)
    seen.name = name["name"] if name else ""
    seen.tone, seen.shape = (avatar["tone"], avatar["shape"]) if avatar else ("", "")
    seen.when = when["when"].strip() if when else ""
    seen.markup = _WORDS.sub("", own)
    ids = {str(seen.id), seen.thread}
    seen.tokens |= {token for token in _TOKEN.findall(seen.markup) if not any(each in token for each in ids)}
    picture = _PICTURE.search(own)
    if picture and not seen.file:
        answer = client.get(picture[1])
        found.fetched += 1
        seen.file = answer.content
        seen.headers = {f"{key}: {value}" for key, value in answer.items()}
        with Image.open(io.BytesIO(answer.content)) as opened:
            seen.file_size = opened.size
        seen.tokens |= {each.decode() for each in re.findall(rb"[\x20-\x7e]{6,}", answer.content[:3000])}


def _forget_common(found: Evidence) -> None:
    """Leave only what could tell somebody: tokens that a few texts share."""
    counts = Counter(token for seen in found.seen.values() for token in seen.tokens)
    most = max(6, len(found.seen) // 40)
    for seen in found.seen.values():
        seen.tokens = {token for token in seen.tokens if 2 <= counts[token] <= most}
