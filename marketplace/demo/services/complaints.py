"""One privacy complaint that somebody is looking into, made by the same services that people use."""

from datetime import timedelta

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.consent.complaints.enums import Topic
from marketplace.consent.complaints.models import Complaint
from marketplace.consent.complaints.services import ask_back, file_complaint, take_complaint
from marketplace.consent.enums import DataItem

from ..keys import stable_id

_WHAT_HAPPENED = (
    "（示例）周六去机构的时候，前台当着别的家长念出了我家孩子的名字和预约时间。孩子很在意，回家路上一句话也没说。"
)
_QUESTION = "（示例）您还记得大概是几点、哪一位同事吗？不记得也没关系，我们会看当天的值班表。"


def make_complaints() -> bool:
    """File the demo's complaint, once; return whether it was filed."""
    if Complaint.objects.exists():
        return False
    parent = User.objects.get(public_id=stable_id("user", "lin"))
    staff = User.objects.get(public_id=stable_id("user", "staff"))
    now = timezone.now()
    filed = file_complaint(
        topic=Topic.SEEN,
        items=[DataItem.PROFILE, DataItem.BOOKING],
        what_happened=_WHAT_HAPPENED,
        complainant=parent,
        now=now - timedelta(hours=50),
    )
    public_id = filed.complaint.public_id
    take_complaint(public_id=public_id, taken_by=staff, now=now - timedelta(hours=43))
    ask_back(public_id=public_id, question=_QUESTION, asked_by=staff, now=now - timedelta(hours=20))
    file_complaint(
        topic=Topic.MESSAGES,
        items=[DataItem.CONTACT],
        what_happened="（示例）同一个提醒一天收到三条短信，能不能只发一条？",
        now=now - timedelta(hours=3),
    )
    return True
