"""A picture keeps nothing of the file it came in."""

import io

import pytest
from PIL import Image

from cms.community import errors, pictures
from tests.factories.community import make_picture


def loaded(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as opened:
        opened.load()
        return opened


def with_traces(**options) -> bytes:
    exif = Image.Exif()
    exif[0x0110], exif[0x013B] = "Camera SN-4711", "小禾"
    exif.get_ifd(0x8825)[1] = "N"
    return make_picture(exif=exif.tobytes(), comment=b"SN-4711", icc_profile=b"SN-4711" * 20, **options)


@pytest.mark.parametrize(
    ("size", "shape"), [((900, 700), "wide"), ((700, 900), "tall"), ((500, 510), "square"), ((3000, 400), "wide")]
)
def test_it_is_drawn_anew_in_one_of_three_formats(size, shape):
    found, content = pictures.redrawn(with_traces(size=size))
    picture = loaded(content)
    assert (found, picture.size) == (shape, pictures.SHAPES[shape])
    assert b"SN-4711" not in content and "小禾".encode() not in content
    assert not picture.getexif() and "icc_profile" not in picture.info and "comment" not in picture.info
    assert len(content) % pictures.STEP == 0 and len(content) <= pictures.LARGEST


def test_two_pictures_differ_in_nothing_but_what_they_show():
    heads = {
        pictures.redrawn(make_picture(size=size, quality=quality))[1][:160]
        for size, quality in (((800, 600), 95), ((1600, 1200), 60))
    }
    assert len(heads) == 1


def test_a_picture_lying_on_its_side_is_turned_first():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert pictures.redrawn(make_picture(size=(900, 600), exif=exif.tobytes()))[0] == "tall"


def test_noise_stays_below_the_limit():
    noise = Image.effect_noise((1200, 900), 120).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert len(pictures.redrawn(out.getvalue())[1]) <= pictures.LARGEST


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", make_picture()[:200]]
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(errors.NoPicture):
        pictures.redrawn(content)


def test_what_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_FILE", 100)
    with pytest.raises(errors.PictureTooLarge):
        pictures.redrawn(make_picture())
