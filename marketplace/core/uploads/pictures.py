"""Pictures are drawn anew: whatever else was in the file, its place and its camera included, stays behind."""

import io
import warnings

from PIL import Image, ImageOps

from .enums import FileKind
from .errors import PictureBroken, PictureTooManyPixels

MAX_PIXELS = 40_000_000
#: The longer side of what is kept: a licence stays readable.
MAX_SIDE = 4000
_FORMATS = ("JPEG", "PNG", "WEBP")


def redrawn(content: bytes) -> tuple[bytes, FileKind]:
    """Return the picture without anything but its pixels, as PNG where it is one, else as JPEG.

    The size is read and judged before a pixel is unpacked. Raises PictureBroken or PictureTooManyPixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise PictureTooManyPixels
                kind = FileKind.PNG if opened.format == "PNG" else FileKind.JPEG
                return _drawn(opened, kind), kind
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureTooManyPixels from error
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, MemoryError) as error:
        raise PictureBroken from error


def _drawn(opened: Image.Image, kind: FileKind) -> bytes:
    opened.draft("RGB", (MAX_SIDE, MAX_SIDE))
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    mode = "RGBA" if kind is FileKind.PNG and upright.has_transparency_data else "RGB"
    pixels = upright.convert(mode)
    clean = Image.new(mode, pixels.size)
    clean.paste(pixels)
    out = io.BytesIO()
    if kind is FileKind.PNG:
        clean.save(out, "PNG", optimize=False)
    else:
        clean.save(out, "JPEG", quality=88)
    return out.getvalue()
