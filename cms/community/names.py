"""The name and picture somebody has in one thread, and the key by which the thread knows them again.

Names and pictures are drawn from the system's randomness; nothing about the person, the thread or the moment goes in.
"""

import secrets

from marketplace.accounts.models import User
from marketplace.core.pseudonyms import pseudonym

from .models import Alias, Post, Reply

HOWS = (
    "安静的 慢慢走的 爱发呆的 会唱歌的 圆圆的 暖暖的 亮晶晶的 不着急的 爱看云的 数星星的 刚睡醒的 抱着书的 撑着伞的 踩水坑的 "
    "晒太阳的 听雨的 等风来的 揣着糖的 戴围巾的 吹泡泡的 种花的 画画的 写信的 散步的 打哈欠的 伸懒腰的 想家的 哼着歌的 "
    "喝热茶的 捡贝壳的 追蝴蝶的 放风筝的 折纸船的 点灯的 看日落的 早起的 爱笑的 软乎乎的 轻轻的 认真的 胆小又勇敢的 好奇的 "
    "温柔的 自在的 不说话的 在路上的 靠窗的 爱吃面的"
).split()
WHOS = (
    "小河 云朵 海豚 松鼠 小熊 橘子 灯塔 小船 蒲公英 月亮 石头 小鹿 萤火虫 企鹅 刺猬 麻雀 山雀 水獭 白鹭 蜗牛 小象 海龟 鲸鱼 "
    "向日葵 银杏叶 竹子 蘑菇 土豆 包子 年糕 柚子 桃子 莲蓬 雪人 雨滴 贝壳 风铃 纸飞机 毛线球 热气球 小火车 望远镜 橡皮 铅笔 "
    "台灯 邮筒 木桥 芦苇"
).split()
#: Symbols of static/community/pictures.svg, and the tones of avatars.
SHAPES = ("leaf", "cloud", "moon", "boat", "shell", "kite", "lamp", "hill", "drop", "star", "seed", "bell")
COLOURS = ("1", "2", "3", "4", "5", "6")


def member_key(user: User, thread: Post) -> str:
    """Return what a thread knows a person by; in another thread it is an unrelated one."""
    return pseudonym(user.public_id, f"community:name:{thread.public_id}")


def giver_key(user: User, hugged: Post | Reply) -> str:
    """Return what a hug is counted by: unrelated to the person's name there, and to their other hugs."""
    return pseudonym(user.public_id, f"community:hug:{hugged.public_id}")


def drawn_name() -> str:
    """Return a kind name out of some 2,300."""
    return f"{secrets.choice(HOWS)}{secrets.choice(WHOS)}"


def drawn_picture() -> str:
    """Return a picture and its colour, for example `moon-3`."""
    return f"{secrets.choice(SHAPES)}-{secrets.choice(COLOURS)}"


def draw_alias(user: User, thread: Post, *, is_author: bool) -> Alias:
    """Return a name for somebody in a thread, not saved; whether it is free there, the database says."""
    return Alias(
        thread=thread,
        member_key=member_key(user, thread),
        name=drawn_name(),
        picture=drawn_picture(),
        is_author=is_author,
        member=str(user.public_id),
    )
