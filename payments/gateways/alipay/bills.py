"""Alipay's bill of a day: a ZIP of CSV files in GBK behind an address that is good for half a minute."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from http.client import HTTPException
from urllib.request import urlopen

from alipay.aop.api.request.AlipayDataDataserviceBillDownloadurlQueryRequest import (
    AlipayDataDataserviceBillDownloadurlQueryRequest,
)

from payments.gateways.accounting import BillKind, BillLine
from payments.gateways.alipay.part import Part
from payments.gateways.alipay.sdk import require_done
from payments.gateways.alipay.wire import fen_of, time_of
from payments.gateways.base import GatewayRefused, GatewayUnclear

NO_BILL_YET = "NO_BILL_YET"
_NOT_THERE = "isp.bill_not_exist"
_TIMEOUT_SECONDS = 20
_MAX_BYTES = 64 * 2**20
#: The file of single lines; beside it lies a summary.
_DETAILS = "业务明细.csv"
_KINDS = {"交易": BillKind.PAYMENT, "退款": BillKind.REFUND}


class Bills(Part):
    """Implements payments.gateways.accounting.BillingGateway."""

    def bill(self, day: date) -> Iterable[BillLine]:
        """All trades and refunds of a Shanghai day. Raises GatewayRefused("NO_BILL_YET") until the next morning."""
        request = AlipayDataDataserviceBillDownloadurlQueryRequest()
        request.biz_content = {"bill_type": "trade", "bill_date": day.isoformat()}
        answer = self._client.answer_of(request)
        if answer.get("sub_code") == _NOT_THERE:
            raise GatewayRefused(NO_BILL_YET)
        require_done(answer)
        try:
            return list(_lines_of(_download(answer["bill_download_url"])))
        except (KeyError, ValueError, zipfile.BadZipFile) as error:
            # Half a bill is none: what is read wrongly would be booked wrongly.
            raise GatewayUnclear("the bill cannot be read") from error


def _download(url: str) -> bytes:
    if not url.startswith(("http://", "https://")):
        raise ValueError("no web address")
    try:
        with urlopen(url, timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310
            raw: bytes = response.read(_MAX_BYTES + 1)
    except (OSError, HTTPException) as error:
        raise GatewayUnclear("the bill cannot be fetched") from error
    if len(raw) > _MAX_BYTES:
        raise ValueError("too large for a bill")
    return raw


def _lines_of(raw: bytes) -> Iterator[BillLine]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        # Names are GBK too, which the ZIP itself does not say; zipfile reads them as code page 437.
        found = [info for info in archive.infolist() if _name_of(info).endswith(_DETAILS)]
        if len(found) != 1 or found[0].file_size > _MAX_BYTES:
            raise ValueError("not the archive of a bill")
        text = archive.read(found[0]).decode("gbk")
    rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for row in csv.DictReader(rows, strict=True):
        # Cells are padded with tabs, so that spreadsheets keep long numbers.
        yield _line({(name or "").strip(): (cell or "").strip() for name, cell in row.items()})


def _name_of(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x800:
        return info.filename
    return info.filename.encode("cp437").decode("gbk")


def _line(row: dict[str, str]) -> BillLine:
    kind = _KINDS[row["业务类型"]]
    refund_no = row["退款批次号/请求号"]
    return BillLine(
        kind=kind,
        out_trade_no=row["商户订单号"],
        amount_fen=abs(_signed_fen(row["订单金额（元）"])),
        # Written from our side: what the company keeps is negative.
        fee_fen=-_signed_fen(row["服务费（元）"]),
        provider_ref=row["支付宝交易号"],
        out_refund_no=refund_no if kind == BillKind.REFUND else "",
        at=time_of(row["完成时间"]),
    )


def _signed_fen(text: str) -> int:
    return -fen_of(text[1:]) if text.startswith("-") else fen_of(text)
