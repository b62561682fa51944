"""Services and bookings as tables to keep, and prices from a table."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ..access import manager_view, portal_view
from ..dates import chosen_date
from ..rules import Portal
from ..selectors import occupancies_between, products_of
from ..services import set_prices
from ..sights import WEEK_ITEMS, look_at_bookings, places_of
from ..tables import csv_download, read_prices

#: So many days of bookings stand in one table.
DAYS = 31


@require_GET
@manager_view
def services_csv(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Everything the organisation offers. Prices changed there can be read back."""
    head = [_("编号"), _("名称"), _("类型"), _("销售状态"), _("价格（元）"), _("时长（分钟）"), _("由谁提供")]
    rows = []
    for product in products_of(portal):
        stock = next(iter(each for each in product.stockrecords.all() if each.partner_id == portal.partner.pk))
        given = product.service.providers.all() if product.is_bookable else ()
        minutes = product.service.duration_minutes if product.is_bookable else ""
        names = "、".join(provider.name for provider in given)
        rows.append(
            [product.pk, product.title, product.get_kind_display(), product.get_sale_state_display(), stock.price]
            + [minutes, names]
        )
    return csv_download("xinqiao-services", head, rows)


@require_POST
@manager_view
def read_services_csv(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Take prices from a table: all of them, or, where a line is wrong, none."""
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("请选一个 CSV 文件。"))
        return redirect("clinics:services")
    table = read_prices(file, products_of(portal))
    if table.errors:
        for error in table.errors[:10]:
            messages.error(request, error)
        messages.info(request, _("什么都没有改。改好表格后再上传一次。"))
        return redirect("clinics:services")
    changed = set_prices(partner=portal.partner, prices=table.prices)
    messages.success(request, _("已更新 {count} 个价格。已经约好的不受影响。").format(count=changed))
    return redirect("clinics:services")


@never_cache
@require_GET
@portal_view
def bookings_csv(request: HttpRequest, portal: Portal) -> HttpResponse:
    """A month of bookings from the day asked for, each as far as its family shows it; the look is written down."""
    first = chosen_date(request)
    places = places_of(occupancies_between(portal, first, first + timedelta(days=DAYS - 1)))
    look_at_bookings(portal, places, WEEK_ITEMS)
    head = [_("日期"), _("开始"), _("结束"), _("咨询师"), _("服务"), _("方式"), _("状态"), _("来访者")]
    rows = []
    for booking in places:
        if not booking.sight.when:  # type: ignore[attr-defined]
            continue
        starts_at, ends_at = map(timezone.localtime, (booking.starts_at, booking.ends_at))
        who = booking.child.nickname if booking.sight.who else ""  # type: ignore[attr-defined]
        rows.append(
            [f"{starts_at:%Y-%m-%d}", f"{starts_at:%H:%M}", f"{ends_at:%H:%M}", booking.occupancy.provider.name]
            + [booking.service.product.title, booking.get_mode_display(), booking.get_status_display(), who]
        )
    return csv_download(f"xinqiao-bookings-{first.isoformat()}", head, rows)
