"""What the demo's council asks, and what came of it. Everything is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AskedQuestion:
    """One question; `votes` are counts by option, `days` how long it is open."""

    title: str
    why: str
    options: tuple[str, ...]
    days: int
    votes: tuple[int, ...] = ()


ANSWERED = AskedQuestion(
    title="练习做到一半想停，你希望怎么停？",
    why="（示例）有人说，做到一半退出会丢掉进度，就不想再打开了。我们要改这一块，先问问你们。",
    options=("直接停，下次从头来", "停在这里，下次接着做", "停之前问我一句"),
    days=14,
    votes=(4, 27, 11),
)
ANSWER = (
    "（示例）多数人想停在哪儿就从哪儿接着做，我们就这样改了：退出时自动记住位置，下次打开可以接着做，也可以从头来。\n"
    "“停之前问我一句”我们没有做：每次都问，会让人觉得不该停。想停就停，没有关系。"
)
OPEN = AskedQuestion(
    title="首页最上面，你最想先看到什么？",
    why="（示例）首页只有一块地方最显眼。下个月重新排，按你们选的来试一个月；求助入口不变，一直都在。",
    options=("今天能做的一个小练习", "我接下来的预约", "一句话，今天怎么样", "什么都不放，安静一点"),
    days=12,
)
PROPOSAL = "（示例）能不能让我们自己选首页的颜色？"
