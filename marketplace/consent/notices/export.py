"""The records of processing to take along (PIPL 56, OVS-13): JSON and CSV of the same rows as on the page."""

import csv
import io
import json
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from marketplace.consent.retention.periods import OPEN_ENDED
from marketplace.consent.retention.schedule import BY_KEY as RETENTION

from .models import ImpactAssessment
from .register import ACTIVITIES, Activity
from .selectors import grade_of_activity, latest_assessments


def records_of_processing() -> list[dict[str, Any]]:
    """Every processing activity as plain values: strings, lists and dates in ISO form."""
    latest = latest_assessments()
    return [_record(activity, latest.get(activity.key)) for activity in ACTIVITIES]


def _record(activity: Activity, assessment: ImpactAssessment | None) -> dict[str, Any]:
    return {
        "key": activity.key,
        "title": str(activity.title),
        "purpose": str(activity.why),
        "data": str(activity.what),
        "grade": grade_of_activity(activity).name,
        "legal_basis": str(activity.basis),
        "recipients": str(activity.who),
        "retention": [
            {"class": key, "title": str(RETENTION[key].title), "period": period_text(key)} for key in activity.retention
        ],
        "measures": str(activity.measures),
        "choices": str(activity.choices),
        "assessed_on": assessment.assessed_on.isoformat() if assessment else None,
        "next_assessment_due_on": assessment.next_due_on.isoformat() if assessment else None,
    }


def period_text(key: str) -> str:
    """How long records of a class are kept, in words."""
    period = RETENTION[key].period
    return str(period.text if period else OPEN_ENDED)


def as_json(today: date) -> str:
    """The records as one JSON document."""
    document = {"title": _("个人信息处理活动记录"), "on": today.isoformat(), "activities": records_of_processing()}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv() -> str:
    """The records as a table, marked as UTF-8 for spreadsheets."""
    headings = {
        "title": _("处理活动"),
        "purpose": _("目的"),
        "data": _("信息"),
        "grade": _("分级"),
        "legal_basis": _("依据"),
        "recipients": _("提供给谁"),
        "retention": _("保存多久"),
        "measures": _("保护措施"),
        "choices": _("本人的选择"),
        "assessed_on": _("上次影响评估"),
        "next_assessment_due_on": _("下次不晚于"),
    }
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(headings.values())
    for record in records_of_processing():
        record["retention"] = _("；").join(f"{row['title']} {row['period']}" for row in record["retention"])
        writer.writerow([record[name] or "" for name in headings])
    return "\ufeff" + stream.getvalue()
