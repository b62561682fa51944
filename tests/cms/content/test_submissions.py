"""What young people send in: by whom, how it is kept, what becomes of it, and that it can be taken back."""

import base64
import io
import struct
import wave
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cms.content.editing.errors import NotReviewed
from cms.content.editing.services import approve_wording
from cms.content.models import Item, SharedCopy, Submission
from cms.content.sharing.services import share_item
from cms.content.submissions import rules, selectors, services
from cms.content.submissions.enums import About, Attribution, Form, Licence, State
from cms.content.submissions.errors import (
    AlreadyAnswered,
    FileNotTaken,
    HasALink,
    MayNotSend,
    NothingInIt,
    TooManyWaiting,
    WaitsForSafety,
)
from cms.content.submissions.files import redrawn, unlabelled
from cms.content.submissions.services import Sent
from marketplace.core.audit.models import AuditEvent
from marketplace.core.encryption.models import DataKey
from marketplace.safeguarding.concerns.models import Concern
from tests.factories import make_child, make_parent, make_staff, make_teen, signed_in
from tests.factories.library import make_index, make_reviewer
from tests.support.library_things import make_submission

pytestmark = pytest.mark.django_db


def _ten_years_ago():
    return date(timezone.localdate().year - 10, 1, 1)


def _sent(**fields):
    values = {
        "about": About.WORK,
        "form": Form.TEXT,
        "title": "我的窗台",
        "words": "窗台上有三盆薄荷，写不出作业的时候我就闻一闻。",
        "need": "feelings",
        "age_band": "12-14",
    }
    return Sent(**values | fields)


def _picture(size=(40, 30), kind="JPEG", exif=True) -> bytes:
    picture, written = Image.new("RGB", size, "#88aa99"), io.BytesIO()
    marks = Image.Exif()
    marks[0x010F] = "SecretCamera"
    marks[0x0112] = 6
    picture.save(written, kind, **({"exif": marks} if exif else {}))
    return written.getvalue()


@pytest.fixture
def teen():
    return make_teen(age=16)


def test_from_fourteen_on_the_young_person_and_nobody_else():
    parent = make_parent()
    teen = make_teen(parent, age=15)
    child = teen.young_profile
    submission, answer = services.send_in(sent_by=teen, child=child, sent=_sent())
    assert submission.state == State.WAITING and not answer.hold
    with pytest.raises(MayNotSend):
        services.send_in(sent_by=parent, child=child, sent=_sent())


def test_below_fourteen_a_parent():
    parent = make_parent()
    child = make_child(parent, born_on=_ten_years_ago())
    submission, _answer = services.send_in(sent_by=parent, child=child, sent=_sent())
    assert submission.sent_by == parent
    teen = make_teen(parent, age=12)
    with pytest.raises(MayNotSend):
        services.send_in(sent_by=teen, child=teen.young_profile, sent=_sent())
    with pytest.raises(MayNotSend):
        services.send_in(sent_by=make_parent(), child=child, sent=_sent())


def test_a_parent_tells_only_their_own_story():
    parent = make_parent()
    story, _answer = services.send_in(sent_by=parent, child=None, sent=_sent(about=About.STORY))
    assert story.teller == "parent"
    with pytest.raises(MayNotSend):
        services.send_in(sent_by=parent, child=None, sent=_sent())


def test_a_story_names_nobody(teen):
    sent = _sent(about=About.STORY, attribution=Attribution.ALIAS, alias="小云")
    story, _answer = services.send_in(sent_by=teen, child=teen.young_profile, sent=sent)
    assert story.attribution == Attribution.NONE and story.alias == ""


@pytest.mark.parametrize(
    "words",
    [
        "看 https://a.example/x",
        "加我微信 abc12345",
        "打 138 0013 8000",
        "来 b站 www.x.com",
        "邮箱 a@b.com",
        "qq：1234567",
    ],
)
def test_links_and_numbers_are_sent_back(teen, words):
    with pytest.raises(HasALink):
        services.send_in(sent_by=teen, child=teen.young_profile, sent=_sent(words=words))
    assert not Submission.objects.exists()


def test_an_empty_one_and_a_sixth_one_are_sent_back(teen):
    with pytest.raises(NothingInIt):
        services.send_in(sent_by=teen, child=teen.young_profile, sent=_sent(words="  "))
    for _ in range(rules.MOST_WAITING):
        make_submission(child=teen.young_profile, sent_by=teen)
    with pytest.raises(TooManyWaiting):
        services.send_in(sent_by=teen, child=teen.young_profile, sent=_sent())


def test_words_are_sealed(teen):
    submission, _answer = services.send_in(sent_by=teen, child=teen.young_profile, sent=_sent())
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, words FROM content_submission WHERE id = %s", [submission.pk])
        assert all("薄荷".encode() not in bytes(value) for value in cursor.fetchone())


def test_a_picture_is_drawn_anew(teen):
    upload = SimpleUploadedFile("IMG_小林.jpg", _picture((3000, 2000)))
    sent = _sent(form=Form.PICTURE, upload=upload)
    submission, _answer = services.send_in(sent_by=teen, child=teen.young_profile, sent=sent)
    data = base64.b64decode(submission.file)
    drawn = Image.open(io.BytesIO(data))
    assert max(drawn.size) == 1600 and drawn.size[1] > drawn.size[0] and not drawn.getexif() and b"Secret" not in data


@pytest.mark.parametrize(
    "data", [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"0" * 40, _picture()[:60], b"ID3" + b"0" * 90]
)
def test_other_files_are_sent_back(data):
    with pytest.raises(FileNotTaken):
        redrawn(data)
    with pytest.raises(FileNotTaken):
        unlabelled(data)


def test_a_recording_loses_its_labels():
    frame = b"\xff\xfb\x90\x00" + b"\x11" * 200
    tag = b"ID3\x04\x00\x00" + struct.pack(">I", 20) + b"TPE1-real-name------"
    sound, kind = unlabelled(tag + frame + b"TAG" + b"Real Name".ljust(125, b"\0"))
    assert sound == frame and kind == "audio/mpeg"
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", "not compressed"))
        file.writeframes(b"\0\1" * 400)
    labelled = written.getvalue() + b"LIST" + struct.pack("<I", 8) + b"RealName"
    sound, kind = unlabelled(labelled)
    assert b"RealName" not in sound and kind == "audio/wav"


def test_danger_reaches_the_duty_desk_first(teen):
    sent = _sent(about=About.STORY, words="我不想活了，今晚就把药都吃下去，对不起。")
    submission, answer = services.send_in(sent_by=teen, child=teen.young_profile, sent=sent)
    assert answer.hold and answer.card and submission.is_held and Concern.objects.count() == 1
    with pytest.raises(WaitsForSafety):
        services.accept_submission(public_id=submission.public_id, decided_by=make_staff())
    services.release_submission(public_id=submission.public_id)
    make_index()
    assert services.accept_submission(public_id=submission.public_id, decided_by=make_staff()).live is False


def _accepted(**fields) -> tuple[Submission, Item]:
    make_index()
    submission = make_submission(**fields)
    item = services.accept_submission(public_id=submission.public_id, decided_by=make_staff(duties=["content"]))
    submission.refresh_from_db()
    return submission, item


@pytest.mark.parametrize(
    ("fields", "author"),
    [
        ({}, "一位同学"),
        ({"attribution": "alias", "alias": "小云"}, "小云（化名）"),
        ({"attribution": "year", "school_year": 8}, "一位初二的同学"),
        ({"about": "story", "teller": "parent"}, "一位家长"),
    ],
)
def test_it_becomes_a_draft_under_the_chosen_name(fields, author):
    submission, item = _accepted(**fields)
    assert item.author_name == author and not item.live and item.needs == ["feelings"] and item.bands == ["12-14"]
    assert submission.page_id == item.pk and not item.machine_written
    with pytest.raises(NotReviewed):
        item.latest_revision.publish()
    with pytest.raises(AlreadyAnswered):
        services.decline_submission(public_id=submission.public_id, decided_by=make_staff(), refusal="other")


def _published(**fields) -> tuple[Submission, Item]:
    submission, item = _accepted(**fields)
    approve_wording(revision=item.latest_revision, approved_by=make_reviewer().user)
    item.latest_revision.refresh_from_db()
    item.latest_revision.publish()
    return submission, Item.objects.get(pk=item.pk)


def test_taken_back_it_is_gone_at_once(client):
    submission, item = _published(title="只此一篇", licence=Licence.SCHOOLS)
    copy, _package = share_item(item=item, holder_name="示例中学", made_by=None)
    url = reverse("library-item", args=[item.slug])
    assert client.get(url).status_code == 200 and "只此一篇" in client.get(reverse("library")).content.decode()
    services.withdraw_submission(public_id=submission.public_id)
    assert client.get(url).status_code == 404 and client.get(f"{url}file.pdf").status_code == 404
    assert client.get(reverse("sharing:picture", args=["item", item.slug])).status_code == 404
    for page in (reverse("library"), f"{reverse('library')}?all=1", f"{reverse('library')}?q=只此一篇"):
        assert item.slug not in client.get(page).content.decode()
    submission.refresh_from_db()
    assert submission.state == State.WITHDRAWN and submission.page is None
    assert DataKey.objects.get(subject_id=submission.public_id).destroyed_at is not None
    assert SharedCopy.objects.get(pk=copy.pk).withdrawn_at is not None
    assert not Item.objects.filter(pk=item.pk).exists()
    assert services.withdraw_submission(public_id=submission.public_id).state == State.WITHDRAWN


def test_its_picture_goes_with_it(tmp_path, settings, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    data = base64.b64encode(redrawn(_picture())[0]).decode()
    submission, item = _accepted(form="picture", file=data, file_type="image/jpeg")
    image = item.body[0].value["image"]
    assert image.file.storage.exists(image.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw_submission(public_id=submission.public_id)
    assert not image.file.storage.exists(image.file.name)


def test_declined_kindly(teen):
    submission = make_submission(child=teen.young_profile, sent_by=teen)
    services.decline_submission(public_id=submission.public_id, decided_by=make_staff(), refusal="close")
    page = signed_in(teen).get(reverse("submissions:mine")).content.decode()
    assert "先替你收着" in page


def test_only_its_sender_sees_and_takes_it_back(teen):
    parent = make_parent()
    child = make_child(parent, born_on=_ten_years_ago())
    of_child = make_submission(child=child, sent_by=parent)
    own = make_submission(child=teen.young_profile, sent_by=teen)
    stranger = signed_in(make_parent())
    for row in (of_child, own):
        url = reverse("submissions:withdraw", args=[row.public_id])
        assert stranger.get(url).status_code == 404 and stranger.post(url).status_code == 404
    assert list(selectors.submissions_of(parent)) == [of_child]
    assert signed_in(parent).post(reverse("submissions:withdraw", args=[of_child.public_id])).status_code == 302
    assert Submission.objects.get(pk=of_child.pk).state == State.WITHDRAWN
    assert Submission.objects.get(pk=own.pk).state == State.WAITING


def test_what_a_parent_sent_is_the_young_persons_at_fourteen():
    parent = make_parent()
    teen = make_teen(parent, age=15)
    row = make_submission(child=teen.young_profile, sent_by=parent)
    assert list(selectors.submissions_of(teen)) == [row] and not selectors.submissions_of(parent).exists()


def test_the_form_by_age():
    assert signed_in(make_teen(age=12)).get(reverse("submissions:send")).status_code == 403
    assert signed_in(make_teen(age=15)).get(reverse("submissions:send")).status_code == 200
    page = signed_in(make_parent()).get(reverse("submissions:send")).content.decode()
    assert "亲身经历" in page and "作品：写的" not in page


def test_sent_by_the_form(teen):
    data = {
        "about": "work",
        "form": "text",
        "title": "我的窗台",
        "words": "三盆薄荷。",
        "need": "feelings",
        "age_band": "12-14",
        "attribution": "none",
        "licence": "here",
    }
    client = signed_in(teen)
    assert "同意以后才能寄出" in client.post(reverse("submissions:send"), data).content.decode()
    assert client.post(reverse("submissions:send"), data | {"agrees": "on"}).status_code == 302
    assert Submission.objects.get().child == teen.young_profile


def test_a_look_at_the_desk_is_written_down(teen):
    row = make_submission(child=teen.young_profile, sent_by=teen, words="我在示例实验中学读初二（3）班。")
    editor = signed_in(make_staff(duties=["content"]))
    page = editor.get(reverse("submissions:read", args=[row.public_id])).content.decode()
    assert "示例实验中学" in page and "初二（3）班" in page
    event = AuditEvent.objects.get(purpose="submission")
    assert event.subject_id == teen.young_profile.public_id
    refused = editor.post(reverse("submissions:accept", args=[row.public_id]), {"nobody": "on"})
    assert refused.status_code == 302 and Submission.objects.get().state == State.WAITING


def test_the_desk_is_for_editors_on_duty(teen):
    row = make_submission(child=teen.young_profile, sent_by=teen)
    for name, args in (("desk", []), ("read", [row.public_id]), ("file", [row.public_id])):
        url = reverse(f"submissions:{name}", args=args)
        assert signed_in(teen).get(url).status_code == 404
        assert signed_in(make_staff(duties=["support"])).get(url).status_code == 403


@pytest.mark.parametrize("name", ["submissions:desk", "submissions:mine"])
def test_lists_cost_the_same_for_many(teen, name):
    client = signed_in(teen if name.endswith("mine") else make_staff())
    make_submission(child=teen.young_profile, sent_by=teen)
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(name))
    for _ in range(2):
        make_submission(child=teen.young_profile, sent_by=teen)
    with CaptureQueriesContext(connection) as three:
        client.get(reverse(name))
    assert len(one) == len(three)
