"""What moods, the diary and check-ins hold about people: the young person's own, in full, for them alone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.families.models import Child

from .models import CheckInPlan, CheckInPrompt, DiaryChoice, DiaryEntry, EntryShare, MoodEntry
from .moods import Weather, word_labels


def _own_child(subject: Subject) -> Child | None:
    """The profile whose diary this person may carry away: their own. A guardian asks in vain for a child's diary."""
    child = subject.child
    if child is None or subject.asked_by is None or subject.asked_by.pk != child.account_id:
        return None
    return child


def _export(subject: Subject) -> list[Section]:
    child = _own_child(subject)
    if subject.scope is not Scope.FULL or child is None:
        return []
    moods = list(MoodEntry.objects.filter(child=child).select_related("child"))
    pages = list(DiaryEntry.objects.filter(child=child).select_related("child"))
    prefetch_keys([*moods, *pages])
    return [_moods_section(moods), _diary_section(pages), _shares_section(child), _plan_section(child)]


def _moods_section(moods: list[MoodEntry]) -> Section:
    columns = {"felt_at": _("时间"), "weather": _("天气"), "words": _("心情词"), "line": _("一句话")}
    rows = [mood_row(each) for each in moods]
    return Section("moods", _("心情打卡"), columns, rows)


def mood_row(mood: MoodEntry) -> dict[str, Any]:
    """Return a mood as plain values, as its owner gets it."""
    return {
        "id": mood.public_id,
        "felt_at": mood.felt_at,
        "weather": str(Weather(mood.weather).label),
        "words": word_labels(mood.words),
        "line": mood.line,
    }


def diary_row(page: DiaryEntry) -> dict[str, Any]:
    """Return a page as plain values, as its owner gets it."""
    return {
        "id": page.public_id,
        "about_on": page.about_on,
        "written_at": page.written_at,
        "edited_at": page.edited_at,
        "text": page.text,
    }


def _diary_section(pages: list[DiaryEntry]) -> Section:
    columns = {"about_on": _("日期"), "written_at": _("写下的时间"), "text": _("日记")}
    return Section("diary", _("日记"), columns, [diary_row(page) for page in pages])


def _shares_section(child: Child) -> Section:
    columns = {"shared_at": _("从"), "until": _("到"), "withdrawn_at": _("收回的时间"), "with": _("给谁看")}
    rows = [
        {
            "shared_at": each.shared_at,
            "until": each.until,
            "withdrawn_at": each.withdrawn_at,
            "with": each.consent.grantee_label if each.consent else "",
        }
        for each in EntryShare.objects.filter(child=child).select_related("consent")
    ]
    return Section("entry_shares", _("给别人看过的日记和心情"), columns, rows)


def _plan_section(child: Child) -> Section:
    columns = {"times": _("几点"), "days": _("星期几"), "started_at": _("开始"), "stopped_at": _("停用")}
    rows = [
        {
            "times": [f"{each:%H:%M}" for each in plan.times],
            "days": list(plan.days),
            "started_at": plan.started_at,
            "stopped_at": plan.stopped_at,
            "read_along": DiaryChoice.objects.filter(child=child, is_read_along=True).exists(),
        }
        for plan in CheckInPlan.objects.filter(child=child)
    ]
    return Section("checkin_plan", _("小问候"), columns, rows)


def _removals(subject: Subject) -> list[Removal]:
    child = subject.child
    shown_to_them = EntryShare.objects.filter(recipient=subject.user) if subject.user else EntryShare.objects.none()
    if child is None:
        return [goes(_("别人给我看的日记和心情"), shown_to_them)]
    return [
        goes(_("小问候问过的时间"), CheckInPrompt.objects.filter(plan__child=child)),
        goes(_("小问候的安排"), CheckInPlan.objects.filter(child=child)),
        goes(_("给别人看的日记和心情"), EntryShare.objects.filter(child=child)),
        goes(_("别人给我看的日记和心情"), shown_to_them),
        goes(_("日记"), DiaryEntry.objects.filter(child=child)),
        goes(_("写日记时要不要安全检查"), DiaryChoice.objects.filter(child=child)),
        goes(_("心情打卡"), MoodEntry.objects.filter(child=child)),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_diary_subject_data() -> None:
    """Answer for moods, the diary and check-ins."""
    names = ("MoodEntry", "DiaryEntry", "DiaryChoice", "EntryShare", "CheckInPlan", "CheckInPrompt")
    register(
        SubjectData(
            key="diary",
            title=_("心情、日记和小问候"),
            covers=frozenset(f"wellbeing.{name}" for name in names),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
