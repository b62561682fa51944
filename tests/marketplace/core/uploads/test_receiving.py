"""What is taken, what comes out of it, and what is turned away with a sentence that helps."""

import io
import zlib
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from marketplace.core.uploads import errors
from marketplace.core.uploads.enums import DOCUMENTS, PICTURES, FileKind
from marketplace.core.uploads.models import StoredFile
from marketplace.core.uploads.services import content_of, destroy, receive
from tests import factories
from tests.marketplace.core.uploads.made import RELATIONS, pdf, picture, png_that_claims, stream, upload, word

pytestmark = pytest.mark.django_db


def take(content, name="执照.pdf", accepts=DOCUMENTS, **claims):
    return receive(
        upload(content, name, **claims), owner_kind="test", owner_subject=uuid4(), accepts=accepts, uploaded_by=None
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(), FileKind.PDF),
        (picture(), FileKind.JPEG),
        (picture("PNG"), FileKind.PNG),
        (picture("WEBP"), FileKind.JPEG),
        (word(), FileKind.WORD),
    ],
)
def test_papers_are_taken_as_what_they_are(content, kind):
    file = take(content, "营业执照.exe", claims="text/html")
    assert (file.kind, file.name) == (kind, "营业执照" + kind.suffix)
    assert file.size == len(content_of(file))


def test_what_lies_on_the_disk_can_not_be_read():
    content = pdf(b"(a name that nobody may read)")
    file = take(content)
    import json

    where = json.loads(file.reference)["name"]
    with default_storage.open(where) as kept:
        assert b"a name" not in kept.read()
    assert content_of(file) == content


def test_a_file_that_is_destroyed_leaves_nothing(django_capture_on_commit_callbacks):
    import json

    file = take(pdf())
    where = json.loads(file.reference)["name"]
    with django_capture_on_commit_callbacks(execute=True):
        destroy(file)
    assert not default_storage.exists(where)
    assert not StoredFile.objects.exists()


def test_a_photo_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[0x010E] = "at home"
    exif.get_ifd(0x8825)[2] = (31.0, 14.0, 0.0)
    sent = picture(exif=exif, comment=b"by somebody")
    assert b"at home" in sent
    kept = content_of(take(sent, accepts=PICTURES))
    opened = Image.open(io.BytesIO(kept))
    assert not opened.getexif() and b"at home" not in kept and b"by somebody" not in kept


def test_a_page_hidden_behind_a_picture_is_gone():
    kept = content_of(take(picture("PNG") + b"<script>alert(1)</script>", accepts=PICTURES))
    assert b"script" not in kept


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><svg/>",
        b"<!doctype html><script>alert(1)</script>",
        b"MZ\x90\x00 an exe",
        b"GIF89a" + b"\0" * 40,
        b"PK\x03\x04 not an archive",
        b"#!/bin/sh\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file may hold macros",
        b" " * 20 + pdf(),
    ],
)
def test_what_is_something_else_is_refused_whatever_it_is_called(content):
    with pytest.raises(errors.KindNotTaken):
        take(content, "执照.pdf")
    with pytest.raises(errors.KindNotTaken):
        take(content, "照片.png", claims="image/png")


def test_a_paper_is_no_picture():
    with pytest.raises(errors.KindNotTaken):
        take(pdf(), accepts=PICTURES)


def test_nothing_and_too_much_are_refused():
    with pytest.raises(errors.FileEmpty):
        take(b"")
    with pytest.raises(errors.FileTooLarge):
        take(pdf() + b"\0" * (10 * 1024 * 1024))


@pytest.mark.parametrize("size", [(100_000, 100_000), (8_000, 8_000), (2_000_000_000, 1)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(size):
    with pytest.raises(errors.FileRefused) as refused:
        take(png_that_claims(*size), "a.png", PICTURES)
    assert isinstance(refused.value, errors.PictureTooManyPixels | errors.PictureBroken)


def test_half_a_picture_is_refused():
    with pytest.raises(errors.PictureBroken):
        take(picture(size=(400, 400))[:700], "a.jpg", PICTURES)


# --- PDF ---------------------------------------------------------------------------------------------------
SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


@pytest.mark.parametrize(
    "content",
    [
        pdf(SCRIPT),
        pdf(b"<< /S /J#61va#53cript /J#53 (x) >>"),
        pdf(b"<< /Type /Filespec /EF << /F 4 0 R >> >>", stream(b"/Type /EmbeddedFile", b"MZ")),
        pdf(b"<< /S /Launch /F (cmd.exe) >>"),
        pdf(b"<< /S /SubmitForm /F (http://example.com) >>"),
        pdf(b"<< /AcroForm << /XFA [ ] >> >>"),
        pdf(stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", zlib.compress(b"5 0 " + SCRIPT))),
        pdf(stream(b"/Filter /FlateDecode", zlib.compress(b"5 0 " + SCRIPT))),
        pdf(stream(b"/Type /ObjStm /N 1 /First 4", b"5 0 " + SCRIPT)),
        pdf(stream(b"/Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode]", b"00")),
        pdf(stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /DecodeParms << /Predictor 12 >>", b"00")),
        pdf(b"(stream\n)", SCRIPT, b"endstream"),
    ],
)
def test_a_pdf_that_does_something_is_refused(content):
    with pytest.raises(errors.DocumentActive):
        take(content)


def test_a_locked_pdf_is_refused():
    with pytest.raises(errors.DocumentLocked):
        take(pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 7 0 R"))


def test_a_pdf_that_unpacks_for_ever_is_refused():
    bomb = zlib.compress(b"\0" * (90 * 1024 * 1024))
    assert len(bomb) < 100_000
    with pytest.raises(errors.DocumentBroken):
        take(pdf(stream(b"/Filter /FlateDecode", bomb)))


def test_half_a_pdf_is_refused():
    with pytest.raises(errors.DocumentBroken):
        take(pdf()[:80])


def test_a_real_pdf_with_fonts_and_a_link_is_taken():
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 720, "Licence 12345: JavaScript is a word like others")
    canvas.linkURL("https://example.org", (72, 700, 200, 720))
    canvas.showPage()
    canvas.save()
    assert content_of(take(out.getvalue())) == out.getvalue()


# --- Word --------------------------------------------------------------------------------------------------
def relation(kind: str, target: str) -> bytes:
    return (
        b'<Relationships><Relationship Id="r1" Type="http://schemas/officeDocument/2006/relationships/%s" Target="%s" TargetMode="External"/></Relationships>'
        % (kind.encode(), target.encode())
    )


@pytest.mark.parametrize(
    "parts",
    [
        {"word/vbaProject.bin": b"macro"},
        {"word/embeddings/oleObject1.bin": b"MZ"},
        {"word/activeX/activeX1.xml": b"<a/>"},
        {"word/media/a.svg": b"<svg/>"},
        {"word/settings.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'},
        {RELATIONS: relation("attachedTemplate", "http://example.com/evil.dotm")},
        {"word/footer.xml": b'<w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"</w:instrText>'},
        {"[Content_Types].xml": b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"},
    ],
)
def test_a_word_document_that_does_something_is_refused(parts):
    with pytest.raises(errors.DocumentActive):
        take(word(parts), "简历.docx")


def test_a_link_in_a_word_document_is_no_harm():
    assert take(word({RELATIONS: relation("hyperlink", "https://example.org")}), "简历.docx").kind == FileKind.WORD


@pytest.mark.parametrize(
    "parts",
    [
        {"word/media/image1.png": b"\0" * (70 * 1024 * 1024)},
        {"word/media/image1.png": b"\0" * (20 * 1024 * 1024)},
        {f"word/p{number}.xml": b"<a/>" for number in range(1100)},
        {"../../etc/cron.d/a": b"x"},
        {"/etc/a": b"x"},
        {"word/settings.xml": "<a>\N{BLACK STAR}</a>".encode("utf-16")},
    ],
)
def test_a_bomb_in_a_word_document_is_refused(parts):
    content = word(parts)
    assert len(content) < 500_000
    with pytest.raises(errors.DocumentBroken):
        take(content, "简历.docx")


def test_a_word_document_that_lies_about_its_size_is_refused():
    honest = word({"word/media/image1.png": b"\0" * 1_000_000})
    size = (1_000_000).to_bytes(4, "little")
    assert honest.count(size) == 2
    with pytest.raises(errors.DocumentBroken):
        take(honest.replace(size, (100).to_bytes(4, "little")), "简历.docx")


# --- names -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("资格证.pdf.exe", "资格证.pdf"),
        ("C:\\fakepath\\证书.PDF", "证书.pdf"),
        ("证书\u202efdp.exe", "证书fdp.pdf"),
        ("a\u200bb\u0000c\r\n.pdf", "abc.pdf"),
        ("=cmd|' /C calc'!A0.pdf", "C calc_!A0.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "img src=x onerror=alert(1).pdf"),
        ("con.pdf", "文件.pdf"),
        ("....pdf", "pdf.pdf"),
        ("\u202e.pdf", "pdf.pdf"),
        ("很" * 300 + ".pdf", "很" * 60 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(sent, kept):
    from marketplace.core.uploads.naming import safe_name

    assert safe_name(sent, FileKind.PDF) == kept


def test_a_file_knows_who_handed_it_in():
    user = factories.make_user()
    file = receive(upload(pdf()), owner_kind="test", owner_subject=user.public_id, uploaded_by=user)
    assert file.uploaded_by == user
