"""What the moderation desk decided, what readers reported, and holds that are over."""

from datetime import datetime

from cms.community.models import Case, Decision, HoldEntry, HoldMode, Report
from tests.factories.community import make_post

from .made import DAY, Made, maker


@maker("community_cases")
def _case(at: datetime) -> Made:
    post = make_post()
    Case.objects.filter(post=post).delete()
    row = Case.objects.create(post=post, cause="new", opened_at=at - DAY, settled_at=at)
    decision = Decision.objects.create(
        case=row, outcome="publish", template="shown", words="谢谢你写下来。", decided_at=at, waited_seconds=60
    )
    return Made(row, None, [decision])


@maker("community_reports")
def _report(at: datetime) -> Made:
    post = make_post()
    row = Report.objects.create(post=post, reason="other", words="有点担心", reporter="a" * 26, reported_at=at)
    return Made(row, None)


@maker("community_holds")
def _hold(at: datetime) -> Made:
    row = HoldMode.objects.create(cause="person", began_at=at - DAY, look_again_at=at, ended_at=at)
    entry = HoldEntry.objects.create(hold=row, step="ended", words="平静了", written_at=at)
    return Made(row, None, [entry])
