"""The picture that stands beside a shared link, drawn here: nobody else's service, no tracking, the same for everybody."""

import io
import os
from functools import cache
from pathlib import Path
from typing import Any

import segno
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
_PAPER, _INK, _MUTED, _PINE, _PINE_SOFT, _APRICOT = "#FBF9F4", "#1E2B2A", "#5A6866", "#2B6A58", "#E3F0EA", "#D9773F"
_QR = 190
#: Where systems keep a typeface with Chinese; SHARE_CARD_FONT names another one.
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)


@cache
def _typeface() -> str:
    """Return a file with Chinese letters, or "" where this machine has none."""
    named = os.environ.get("SHARE_CARD_FONT", "")
    return next((path for path in (named, *_FONTS) if path and Path(path).is_file()), "")


@cache
def _font(size: int) -> Any:
    return ImageFont.truetype(_typeface(), size, index=2 if _typeface().endswith("CJK-Bold.ttc") else 0)


def share_picture(*, title: str, line: str, foot: str, link: str) -> bytes:
    """Return a PNG of 1200 by 630: a bridge, the words, and the link for a phone's camera.

    Without a Chinese typeface on this machine the words are left out; the link is there in any case.
    """
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(picture)
    _draw_bridge(pen)
    picture.paste(_code(link), (WIDTH - _QR - 70, HEIGHT - _QR - 60))
    if _typeface():
        y = 84
        for row in _rows(title, 60, WIDTH - 160, 3):
            pen.text((80, y), row, font=_font(60), fill=_INK)
            y += 80
        y += 12
        for row in _rows(line, 32, WIDTH - 160, 2):
            pen.text((80, y), row, font=_font(32), fill=_MUTED)
            y += 46
        pen.text((80, HEIGHT - 84), foot, font=_font(28), fill=_PINE)
    drawn = io.BytesIO()
    picture.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def _draw_bridge(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, HEIGHT - 110, WIDTH, HEIGHT), fill=_PINE_SOFT)
    pen.ellipse((WIDTH - 250, 50, WIDTH - 170, 130), fill=_APRICOT)
    pen.arc((330, HEIGHT - 210, 900, HEIGHT + 120), 180, 360, fill=_PINE, width=14)
    for x in range(400, 860, 64):
        away = (x - 615) / 285
        top = HEIGHT - 45 - 165 * (1 - away * away) ** 0.5
        pen.line((x, top, x, HEIGHT - 60), fill=_PINE, width=5)


def _code(link: str) -> Image.Image:
    drawn = io.BytesIO()
    segno.make(link, error="m").save(drawn, kind="png", scale=6, border=3, dark=_INK, light="#FFFFFF")
    return Image.open(io.BytesIO(drawn.getvalue())).convert("RGB").resize((_QR, _QR), Image.Resampling.NEAREST)


def _rows(text: str, size: int, width: int, most: int) -> list[str]:
    """Return a text in rows of this width, the last one with an ellipsis where it had to end."""
    rows, row = [], ""
    for character in " ".join(text.split()):
        if _font(size).getlength(row + character) > width:
            rows.append(row)
            row = ""
        row += character
    rows.append(row)
    if len(rows) > most:
        return [*rows[: most - 1], rows[most - 1][:-1] + "…"]
    return rows
