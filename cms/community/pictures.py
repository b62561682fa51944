"""Pictures drawn anew: three formats, few sizes, nothing of the file that came in."""

import io

from .errors import NoPicture, PictureTooLarge

#: What may come in, in bytes and in dots.
LARGEST_FILE = 10 * 1024 * 1024
LARGEST_AREA = 60_000_000
#: Every picture's length is a multiple of this, and at most four times it.
STEP = 64 * 1024
LARGEST = 4 * STEP
SHAPES = {"square": (840, 840), "wide": (960, 720), "tall": (720, 960)}
_QUALITIES = (72, 60, 48, 36, 24, 12)


def redrawn(content: bytes) -> tuple[str, bytes]:
    """Return (shape, JPEG): dots only, fitted into one of three formats, filled up to a multiple of STEP.

    Raises NoPicture, PictureTooLarge.
    """
    from PIL import Image, ImageOps

    if len(content) > LARGEST_FILE:
        raise PictureTooLarge
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > LARGEST_AREA:
                raise PictureTooLarge
            upright = ImageOps.exif_transpose(opened)
            shape = _nearest(upright.width / upright.height)
            flat = Image.new("RGB", upright.size, "white")
            turned = upright.convert("RGBA")
            flat.paste(turned, mask=turned.getchannel("A"))
            fitted = ImageOps.fit(flat, SHAPES[shape], Image.Resampling.LANCZOS)
    except PictureTooLarge:
        raise
    except Exception as error:
        raise NoPicture from error
    return shape, _filled(_written(fitted))


def _nearest(ratio: float) -> str:
    return min(SHAPES, key=lambda shape: abs(SHAPES[shape][0] / SHAPES[shape][1] - ratio))


def _written(picture: object) -> bytes:
    for quality in _QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, subsampling=2)  # type: ignore[attr-defined]
        if out.tell() <= LARGEST:
            break
    return out.getvalue()


def _filled(content: bytes) -> bytes:
    """Readers of JPEG stop at its end mark; what follows only hides how long the picture was."""
    return content.ljust(-(-len(content) // STEP) * STEP, b"\0")
