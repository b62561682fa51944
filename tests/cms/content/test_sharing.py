"""A copy keeps who made it, on what terms, and who read it; what comes in is a draft. And cards tell nobody anything."""

import io
import json
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cms.content.editing.errors import NotReviewed
from cms.content.models import Item, SharedCopy
from cms.content.sharing.enums import Direction
from cms.content.sharing.errors import CameAlready, MayNotBeShared, PackageFault
from cms.content.sharing.packages import packed, unpacked
from cms.content.sharing.services import share_item, take_in, withdraw_copies
from tests.factories import make_event, make_staff, signed_in
from tests.factories.library import make_draft, make_reviewed

pytestmark = pytest.mark.django_db


def _package(**fields) -> tuple[Item, bytes]:
    item = make_reviewed(**fields)
    return item, share_item(item=item, holder_name="示例中学", made_by=None)[1]


def test_a_package_holds_all_that_must_stay():
    item, package = _package()
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        described = json.loads(opened.read("item.json"))
        read_me = opened.read("README.txt").decode()
    assert described["author_name"] == item.author_name and described["licence"] == item.licence
    assert described["review"]["reviewed_on"] == item.reviewed_on.isoformat()
    assert item.reviewer.name in described["review"]["reviewer"] and item.reviewer.name in read_me
    assert item.title in described["attribution"] and re.fullmatch(r"[0-9a-f]{64}", described["origin"]["content_hash"])
    copy = SharedCopy.objects.get()
    assert (copy.direction, copy.holder_name, copy.page_id) == (Direction.OUTGOING, "示例中学", item.pk)


def test_the_same_item_makes_the_same_bytes():
    item, package = _package()
    assert share_item(item=item, holder_name="另一所", made_by=None)[1] == package


def test_taken_in_it_is_a_draft_that_keeps_its_author():
    item, package = _package()
    copy = take_in(package=package, made_by=make_staff())
    draft = Item.objects.get(pk=copy.page_id)
    assert not draft.live and draft.reviewer is None and draft.slug != item.slug
    assert draft.author_name == item.author_name and draft.licence == item.licence
    assert copy.attribution == SharedCopy.objects.get(direction=Direction.OUTGOING).attribution
    assert item.reviewer.name in copy.reviewed_by and copy.reviewed_on == item.reviewed_on
    assert str(draft.body[0].value) == str(item.body[0].value)
    with pytest.raises(NotReviewed):
        draft.latest_revision.publish()
    with pytest.raises(CameAlready):
        take_in(package=package, made_by=make_staff())


def test_a_copy_of_a_copy_names_the_first_author():
    _item, package = _package()
    copy = take_in(package=package, made_by=make_staff())
    from cms.content.editing.services import publish_in_demo

    draft = Item.objects.get(pk=copy.page_id)
    publish_in_demo(revision=draft.latest_revision)
    again, _package_again = share_item(item=Item.objects.get(pk=draft.pk), holder_name="第三所", made_by=None)
    assert (again.origin_ref, again.attribution) == (copy.origin_ref, copy.attribution)


@pytest.mark.parametrize("fields", [{"licence": "all-rights"}])
def test_not_everything_may_be_shared(fields):
    with pytest.raises(MayNotBeShared):
        share_item(item=make_reviewed(**fields), holder_name="示例中学", made_by=None)
    with pytest.raises(MayNotBeShared):
        share_item(item=make_draft(), holder_name="示例中学", made_by=None)


def _changed(package: bytes, change) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    change(parts)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package_again:
        for name, data in parts.items():
            package_again.writestr(name, data)
    return written.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts.update({"item.json": parts["item.json"].replace("心桥编辑部".encode(), "别人".encode())}),
        lambda parts: parts.update({"extra.exe": b"x"}),
        lambda parts: parts.pop("README.txt"),
        lambda parts: parts.pop("manifest.json"),
    ],
)
def test_a_changed_package_is_sent_back(change):
    _item, package = _package()
    with pytest.raises(PackageFault):
        take_in(package=_changed(package, change), made_by=make_staff())
    assert not SharedCopy.objects.filter(direction=Direction.INCOMING).exists()


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04"])
def test_other_files_are_sent_back(data):
    with pytest.raises(PackageFault):
        take_in(package=data, made_by=make_staff())


@pytest.mark.parametrize("strip", ["attribution", "licence", "body", "origin", "language"])
def test_a_package_without_its_author_is_sent_back(strip):
    _item, package = _package()
    item, files = unpacked(package)
    del item[strip]
    with pytest.raises(PackageFault):
        take_in(package=packed(item, files, "x"), made_by=make_staff())


def test_called_back_a_local_copy_stops_being_public(client):
    item, package = _package()
    copy = take_in(package=package, made_by=make_staff())
    from cms.content.editing.services import publish_in_demo

    draft = Item.objects.get(pk=copy.page_id)
    publish_in_demo(revision=draft.latest_revision)
    assert client.get(reverse("library-item", args=[draft.slug])).status_code == 200
    assert withdraw_copies(page=item.page_ptr) == 2
    assert client.get(reverse("library-item", args=[draft.slug])).status_code == 404


def test_the_desk_hands_out_and_takes_in():
    editor = signed_in(make_staff(duties=["content"]))
    item = make_reviewed()
    answer = editor.post(reverse("sharing:share"), {"item": item.slug, "holder_name": "示例中学"})
    assert answer["Content-Type"] == "application/zip"
    answer = editor.post(reverse("sharing:bring"), {"package": SimpleUploadedFile("a.zip", answer.content)})
    assert answer.status_code == 302 and "/editor/pages/" in answer["Location"]
    assert item.title in editor.get(reverse("sharing:desk")).content.decode()
    assert signed_in(make_staff(duties=["support"])).get(reverse("sharing:desk")).status_code == 403


@pytest.mark.parametrize("sort", ["talk", "item"])
def test_a_card_has_words_picture_and_nobody_elses_address(client, sort, settings):
    thing = make_event() if sort == "talk" else make_reviewed()
    url = reverse("library-item", args=[thing.slug]) if sort == "item" else thing.get_absolute_url()
    page = client.get(url).content.decode()
    assert f'property="og:title" content="{thing.title}"' in page and 'property="og:image"' in page
    assert "<svg" in page and f'value="{settings.PUBLIC_BASE_URL}{url}"' in page
    hosts = set(re.findall(r'(?:src|href|content|action)="(https?://[^/"]+)', page))
    assert hosts <= {
        settings.PUBLIC_BASE_URL,
        "https://www.baidu.com",
    }  # the way out of the site, for who must leave fast
    assert not re.search(r"utm_|spm=|fbclid|pixel|beacon|analytics", page)


def test_the_picture_is_a_picture(client):
    answer = client.get(reverse("sharing:picture", args=["item", make_reviewed().slug]))
    assert answer["Content-Type"] == "image/png" and "Cookie" not in answer.get("Vary", "Cookie-free")
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630) and len(answer.content) < 200_000
    assert client.get(reverse("sharing:picture", args=["item", make_draft().slug])).status_code == 404


def test_a_kept_picture_is_asked_for_each_time(client):
    item = make_reviewed()
    url = reverse("sharing:picture", args=["item", item.slug])
    tag = client.get(url)["ETag"]
    assert client.get(url, headers={"if-none-match": tag}).status_code == 304
    item.unpublish()
    assert client.get(url, headers={"if-none-match": tag}).status_code == 404
