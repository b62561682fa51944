"""Pictures and sounds people send: made anew, so that nothing hidden comes along. Nothing here touches the disk."""

import base64
import io
import re
import wave
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from .enums import Form
from .errors import FileNotTaken

MOST_BYTES = 5 * 1024 * 1024
LONGEST_SIDE = 1600
MOST_PIXELS = 40_000_000

JPEG, MP3, WAV = "image/jpeg", "audio/mpeg", "audio/wav"
ENDINGS = {JPEG: "jpg", MP3: "mp3", WAV: "wav"}


def cleaned_file(form: Form, upload: Any) -> tuple[str, str]:
    """Return an upload as base64 without place, device or name in it, and its type. Raises FileNotTaken."""
    if upload.size > MOST_BYTES:
        raise FileNotTaken
    data = upload.read()
    content, kind = redrawn(data) if form is Form.PICTURE else unlabelled(data)
    return base64.b64encode(content).decode(), kind


def redrawn(data: bytes) -> tuple[bytes, str]:
    """Return a picture drawn anew from its pixels, upright, at most 1600 on its longer side. Raises FileNotTaken."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise FileNotTaken
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise FileNotTaken from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn = io.BytesIO()
    Image.frombytes("RGB", picture.size, picture.tobytes()).save(drawn, "JPEG", quality=85)
    return drawn.getvalue(), JPEG


def unlabelled(data: bytes) -> tuple[bytes, str]:
    """Return a recording without the labels programs put into it. Raises FileNotTaken."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return _samples_of(data), WAV
    sound = _frames_of(data)
    if not re.match(rb"\xff[\xe2-\xff]", sound):
        raise FileNotTaken
    return sound, MP3


def _samples_of(data: bytes) -> bytes:
    """Return a WAV file written anew from its samples."""
    written = io.BytesIO()
    try:
        with wave.open(io.BytesIO(data)) as source, wave.open(written, "wb") as copy:
            copy.setparams(source.getparams())
            copy.writeframes(source.readframes(source.getnframes()))
    except (wave.Error, EOFError) as error:
        raise FileNotTaken from error
    return written.getvalue()


def _frames_of(data: bytes) -> bytes:
    """Return the part of an MP3 file between its labels: ID3v2 in front; APE, Lyrics3 and ID3v1 behind."""
    while data[:3] == b"ID3" and len(data) > 10:
        size = data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9]
        data = data[10 + size + (10 if data[5] & 0x10 else 0) :]
    if data[-128:-125] == b"TAG":
        data = data[:-128]
    for mark in (b"LYRICSBEGIN", b"APETAGEX"):
        found = data.rfind(mark, max(0, len(data) - 65_536))
        data = data[:found] if found > 0 else data
    return data
