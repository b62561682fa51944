"""A cancellation policy in sentences a family reads before paying."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.core.formatting import moment_text, yuan_text

from .cancellation import CancellationPolicy, Window


def in_hours(policy: CancellationPolicy) -> list[str]:
    """Return one sentence for each window, counted from the start; what is left after the last one included."""
    sentences = [f"{_before(window.hours)}{_comes_back(window)}" for window in policy.windows]
    return [*sentences, *_late(policy, nothing_else=not sentences), *_missed(policy)]


def in_moments(policy: CancellationPolicy, *, starts_at: datetime, now: datetime) -> list[str]:
    """Return the same for a session at a time, without the windows that are over."""
    coming = [w for w in policy.windows if now <= starts_at - timedelta(hours=w.hours) and now < starts_at]
    sentences = [
        (
            _("{until} 前取消，{comes_back}").format(
                until=moment_text(starts_at - timedelta(hours=window.hours)), comes_back=_comes_back(window)
            )
            if window.hours
            else _("开始前取消，{comes_back}").format(comes_back=_comes_back(window))
        )
        for window in coming
    ]
    return [*sentences, *_late(policy, nothing_else=not sentences), *_missed(policy)]


def _late(policy: CancellationPolicy, *, nothing_else: bool) -> list[str]:
    return [_("再晚取消，不退款")] if nothing_else or _ends_early(policy) else []


def _missed(policy: CancellationPolicy) -> list[str]:
    if not policy.missed_percent:
        return []
    return [_("没有来，{comes_back}").format(comes_back=_comes_back(policy.missed_window))]


def _ends_early(policy: CancellationPolicy) -> bool:
    """Whether there is a stretch before the start in which nothing comes back and no window says so."""
    last = policy.windows[-1]
    return last.hours > 0 and last.percent > 0


def _before(hours: int) -> str:
    if not hours:
        return _("之后、开始前取消，")
    return ngettext("开始前 {hours} 小时以上取消，", "开始前 {hours} 小时以上取消，", hours).format(hours=hours)


def _comes_back(window: Window) -> str:
    if window.is_free:
        return _("全额退款")
    if window.percent == 0:
        return _("不退款")
    fee = yuan_text(window.fee_fen)
    if window.percent == 100:
        return _("扣 {fee}，其余退回").format(fee=fee)
    if window.fee_fen:
        return _("退 {percent}%，再扣 {fee}").format(percent=window.percent, fee=fee)
    return _("退 {percent}%").format(percent=window.percent)
