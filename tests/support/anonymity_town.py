"""Members who write through the real pages, and a moderator who lets what they wrote be shown."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from unittest.mock import patch
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cms.community.enums import WritingState
from cms.community.models import Alias, Post, Reply, Topic
from cms.community.names import member_key
from cms.community.services import showing
from cms.community.slots import slot_of
from marketplace.accounts.models import User
from tests import factories
from tests.factories.community import make_picture, make_topic

#: What is said: the same words for everybody, so that style, which no machine can hide, gives nobody away.
STARTS = "今天 昨晚 这几天 上周 放学后 早读前 晚自习 周末 午休 体育课后".split()
MIDDLES = "有点累 想起一件小事 和同桌说了几句 一个人走了走 听了一首老歌 把桌子收拾了 没怎么说话 吃了碗面 看了会儿云 写了半页日记".split()
ENDS = "慢慢来吧 好像轻了一点 还是有些乱 不知道怎么说 谢谢有人听 明天再看 想睡一会儿 先这样 心里暖了一下 说出来好多了".split()
_QUOTES = 0.35
_POSTS = 0.3


@dataclass
class Member:
    """Somebody who writes: a browser, and a phone that leaves traces in every picture it takes."""

    user: User
    client: object
    camera: str
    size: tuple[int, int]
    tone: tuple[int, int, int]

    def photo(self, dice: random.Random) -> SimpleUploadedFile:
        """A picture as this phone takes it: its own size, its name, where it was, and noise of its own."""
        exif = Image.Exif()
        exif[0x010F], exif[0x0110], exif[0x013B] = "Phone", self.camera, f"owner-{self.camera}"
        exif[0x0132] = "2026:11:22 08:00:00"
        tone = tuple(min(255, max(0, part + dice.randint(-90, 90))) for part in self.tone)
        content = make_picture(size=self.size, tone=tone, exif=exif.tobytes(), quality=90)  # type: ignore[arg-type]
        return SimpleUploadedFile(f"{self.camera}-{dice.randint(1, 9999)}.jpg", content, "image/jpeg")


@dataclass
class Town:
    """What was written, by whom, in which order: the truth, which the attacker is only told for half of the members."""

    members: list[Member]
    topics: list[Topic]
    pictures: float = 0.25
    author_of: dict[UUID, int] = field(default_factory=dict)
    thread_of: dict[UUID, UUID] = field(default_factory=dict)
    refused: int = 0


class Clock:
    """A day whose hours pass by words written: all of it inside one part of the day."""

    def __init__(self) -> None:
        self.now = slot_of(timezone.now()) + timedelta(minutes=7)

    def tick(self) -> datetime:
        """One more second or so."""
        self.now += timedelta(seconds=1)
        return self.now


@contextmanager
def town_time() -> Iterator[Clock]:
    """Let the town's clock be everybody's."""
    clock = Clock()
    with patch("django.utils.timezone.now", side_effect=lambda: clock.now):
        yield clock


def make_town(dice: random.Random, *, members: int, topics: int, pictures: float) -> Town:
    """People and places, nothing written yet; `pictures`: the share of texts with one."""
    needs = ["exams", "mood", "friends", "sleep"][:topics]
    people = [factories.make_teen(age=16) for _ in range(members)]
    return Town(
        [
            Member(
                user,
                factories.signed_in(user),
                f"SN{dice.getrandbits(40):010x}",
                (dice.randrange(640, 1200, 8), dice.randrange(640, 1200, 8)),
                (dice.randrange(256), dice.randrange(256), dice.randrange(256)),
            )
            for user in people
        ],
        [make_topic(need) for need in needs],
        pictures,
    )


def write_all(town: Town, dice: random.Random, clock: Clock, *, count: int, batch: int) -> None:
    """Let the members write `count` texts in bursts of one to four; a moderator lets them through in heaps."""
    left = [count // len(town.members)] * len(town.members)
    waiting: list[Post | Reply] = []
    while any(left):
        who = dice.choice([number for number, rest in enumerate(left) if rest])
        for _ in range(min(left[who], dice.randint(1, 4))):
            left[who] -= 1
            clock.tick()
            written = _write_one(town, dice, who)
            if written:
                waiting.append(written)
        if len(waiting) >= batch:
            _let_through(waiting, dice, clock)
    _let_through(waiting, dice, clock)


def _write_one(town: Town, dice: random.Random, who: int) -> Post | Reply | None:
    member = town.members[who]
    text = f"{dice.choice(STARTS)}，{dice.choice(MIDDLES)}，{dice.choice(ENDS)}。"
    data: dict[str, object] = {"text": text}
    if dice.random() < town.pictures:
        data |= {"picture": member.photo(dice), "description": "一张图"}
    threads = list(Post.objects.filter(state=WritingState.SHOWN).order_by("pk").values_list("public_id", flat=True))
    if len(threads) < 3 or dice.random() < _POSTS:
        url = reverse("community:write", args=[dice.choice(town.topics).slug])
        answer = member.client.post(url, data)  # type: ignore[attr-defined]
        return _noted(town, who, Post.objects.order_by("pk").last(), answer)
    thread = Post.objects.get(public_id=dice.choice(threads))
    if dice.random() < _QUOTES:
        quotable = list(
            thread.replies.filter(state=WritingState.SHOWN).order_by("pk").values_list("public_id", flat=True)
        )
        data["quotes"] = dice.choice([thread.public_id, *quotable])
    answer = member.client.post(reverse("community:reply", args=[thread.public_id]), data)  # type: ignore[attr-defined]
    return _noted(town, who, Reply.objects.order_by("pk").last(), answer)


def _noted(town: Town, who: int, written: Post | Reply | None, answer: object) -> Post | Reply | None:
    """Only what really is theirs counts: the page may have refused."""
    user = town.members[who].user
    thread = showing.thread_of(written) if written else None
    if written is None or thread is None or written.public_id in town.author_of or answer.status_code != 302:  # type: ignore[attr-defined]
        town.refused += 1
        return None
    assert Alias.objects.filter(thread=thread, member_key=member_key(user, thread)).exists()
    town.author_of[written.public_id], town.thread_of[written.public_id] = who, thread.public_id
    return written


def _let_through(waiting: list[Post | Reply], dice: random.Random, clock: Clock) -> None:
    dice.shuffle(waiting)
    for written in waiting:
        clock.tick()
        written.refresh_from_db()
        if not written.is_shown:
            showing.show(writing=written)
    waiting.clear()
