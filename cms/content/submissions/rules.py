"""Who may send what, and what shows who somebody is."""

import re
from typing import Any

from marketplace.accounts.enums import Role
from marketplace.families.models import Child
from marketplace.families.rules import decides_alone, is_full_guardian

from .enums import About

MOST_WAITING = 5

_LINK = re.compile(
    r"https?:|www\.|://|\b[\w-]+\.(?:com|cn|net|org|io|top|xyz|vip|cc|me|tv|site|club|shop)\b|[\w.]+@[\w-]+\.\w+", re.I
)
_CONTACT = re.compile(
    r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)|(?:微信|薇信|v信|vx|wx|qq|扣扣|加我)\s*(?:号)?\s*[:：是]?\s*[a-z\d_-]{5,}",
    re.I,
)
#: What the desk looks at twice: a school, a class, somebody's full name as people introduce themselves.
_RECOGNISABLE = (
    re.compile(r"[\u4e00-\u9fff\d]{2,10}(?:中学|小学|学校|附中|实验班|一中|二中|三中|幼儿园)"),
    re.compile(r"(?:初|高)[一二三]\s*[（(]?\s*\d{1,2}\s*[)）]?\s*班|[一二三四五六]年级\s*\d{1,2}\s*班"),
    re.compile(r"我(?:叫|的名字是|是)[\u4e00-\u9fff]{2,4}(?=[，。,. ]|$)"),
)


def may_send(user: Any, child: Child | None, about: About) -> bool:
    """Return whether this person may send it: the young person from 14 on, before that a full guardian for them.

    An adult's own story is about nobody's child here.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    if child is None:
        return about == About.STORY and user.role == Role.FAMILY
    if child.archived_at is not None:
        return False
    return decides_alone(user, child) or (is_full_guardian(user, child) and not child.rules.decides_alone)


def leads_elsewhere(text: str) -> bool:
    """Return whether a text holds a link or a way to reach somebody."""
    return bool(_LINK.search(text) or _CONTACT.search(text))


def recognisable_parts(text: str) -> list[str]:
    """Return what may show who it is about, for the eyes of the desk; it misses things, and it is not the decision."""
    return list(dict.fromkeys(found.group(0) for pattern in _RECOGNISABLE for found in pattern.finditer(text)))[:8]
