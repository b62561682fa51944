"""The report as a table for a spreadsheet."""

import csv
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from .selectors import Report, Week


class _Line:
    """What csv.writer writes to: the line itself."""

    def write(self, line: str) -> str:
        return line


def csv_response(report: Report) -> StreamingHttpResponse:
    """Return the report as a file to keep."""
    response = StreamingHttpResponse(csv_lines(report), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="capacity-{report.week.monday.isoformat()}.csv"'
    return response


def csv_lines(report: Report) -> Iterator[str]:
    """Yield the report as CSV with a mark that tells spreadsheets it is UTF-8; one row per week and thing."""
    writer = csv.writer(_Line())
    yield "\ufeff"
    yield writer.writerow([_("周（周一）"), _("类别"), _("机构"), _("名称"), _("数值"), _("单位")])
    names = {partner.pk: partner.name for partner in report.partners}
    for row in _rows(report, names):
        yield writer.writerow([_harmless(cell) for cell in row])


def _rows(report: Report, names: dict[int, str]) -> Iterator[list[str]]:
    for week in report.weeks:
        yield from _figures_of(week)
    on = report.week.monday.isoformat()
    for provider, fill in report.provider_rows:
        where = names.get(provider.partner_id, "")
        yield [on, _("可约时间"), where, provider.name, str(fill.offered_hours), _("小时")]
        yield [on, _("已约时间"), where, provider.name, str(fill.taken_hours), _("小时")]
        yield [on, _("约满的比例"), where, provider.name, _percent(fill.rate), "%"]
    for each, times in report.service_rows:
        yield [on, _("在列表里出现"), each.partner_name, each.title, str(times), _("次")]
    for numbers in report.waiting:
        title = numbers.service.product.title
        yield [on, _("在候补的家庭（现在）"), "", title, str(numbers.waiting), _("家")]
        yield [on, _("等得最久（现在）"), "", title, str(numbers.longest_days), _("天")]
        yield [on, _("过了日子还没约上（现在）"), "", title, str(numbers.overdue), _("家")]


def _figures_of(week: Week) -> Iterator[list[str]]:
    on = week.monday.isoformat()
    yield [on, _("约满的比例"), "", _("合计"), _percent(week.fill.rate), "%"]
    yield [on, _("服务之间的基尼系数"), "", _("合计"), _number(week.gini_of_services), ""]
    yield [on, _("机构之间的基尼系数"), "", _("合计"), _number(week.gini_of_partners), ""]


def _percent(rate: float | None) -> str:
    return "" if rate is None else f"{rate * 100:.1f}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
