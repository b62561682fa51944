"""No number about an effect stands on a public page without saying where it comes from."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from cms.content.claims.crawling import walk_public_pages
from cms.content.claims.entry import Control, Design
from cms.content.claims.finding import claims_on, unclaimed_numbers
from cms.content.claims.register import BY_KEY, CLAIMS, claims_with
from cms.content.selectors.library import published_items
from marketplace.consent.notices.register import CLAIMS as OLDER_CLAIMS
from marketplace.doors import DOORS
from marketplace.doors.kinds import EVERYONE
from tests import factories
from tests.factories.library import make_reviewed


@pytest.mark.parametrize(
    "text",
    [
        "风险识别的灵敏度提高 40%",
        "心理韧性提高了70.7％",
        "有百分之八十的孩子变好了",
        "效果是以前的 3 倍",
        "人数翻了一番",
        "每 10 个孩子里有 3 个",
        "十个人里有三个",
        "七成的同学说有用",
        "n = 218",
        "AUC 0.71",
        "效应量为 0.4",
        "d = 0.35",
        "师生比 1:4000",
        "3 in 10 children",
        "40 percent of them felt better",
        "a 2-fold rise",
    ],
)
def test_a_planted_number_is_found(text):
    assert unclaimed_numbers(f"<main><p>你好。{text}。</p></main>")


@pytest.mark.parametrize(
    "html",
    [
        '<p><a data-claim="market">+21.6%</a></p>',
        '<p data-figure="votes">62% 选了“周末”</p>',
        "<p>平台服务费 12%，不向家庭另收。</p>",
        "<p>提前一天取消，退款 50%。</p>",
        "<p>呼吸 4 拍，停 2 拍，慢慢来 3 分钟。</p>",
        "<p>成功不是目的，分成三步。每天有一点空。</p>",
        "<script>var width = '40%';</script><style>a{width:40%}</style>",
    ],
)
def test_other_numbers_are_left_alone(html):
    assert unclaimed_numbers(html) == []


def test_marks_nobody_knows_are_found():
    assert unclaimed_numbers('<p data-claim="made-up">80% 有效</p>') == ["data-claim=made-up", "80% 有效"]


@pytest.mark.parametrize(
    "attribute", ['<img alt="{}">', '<meta name="description" content="{}">', '<a title="{}">看</a>']
)
def test_numbers_are_read_where_they_are_only_heard(attribute):
    assert unclaimed_numbers(attribute.format("90% 的人有效"))


#: Rows of the requirements that carry a claim, and the systems the papers name.
ROWS = """
    AS-07 AS-08 AS-09 AS-10 AS-11 AS-12 AS-13 AI-05 AI-06 AI-07 AI-08 AI-09 AI-10 AI-11 AI-12 AI-13 AI-14 AI-15 AI-16
    AI-17 AI-18 AI-21 MON-26 MON-27 MON-28 MON-29 MON-30 MON-31 INT-02 INT-05 CP-06 EDU-04 EDU-08 EDU-09 EDU-11 EDU-12
    EDU-14 EDU-19 OVS-16 PRV-10 PRV-12 OPS-01 OPS-04 OPS-05 OPS-06 OPS-08 OPS-09 OPS-10
""".split()
FIGURES = "40% 1000 700 30% 900 87% 70.7% 41.4% 70% 90% 95% 3000 30 1200 1248 21.6% 3520 23.1% 1:4000 45% 50% 18 24 11"


def test_every_row_has_an_entry():
    named = {row for claim in CLAIMS for row in claim.rows}
    assert set(ROWS) <= named


def test_every_figure_of_the_papers_is_there():
    told = " ".join(f"{claim.figure} {claim.n}" for claim in CLAIMS)
    missing = [figure for figure in FIGURES.split() if figure not in told]
    assert missing == []


def test_entries_are_whole():
    assert len(BY_KEY) == len(CLAIMS)
    for claim in CLAIMS:
        assert (
            claim.who and claim.says and claim.ours and claim.rows and re.fullmatch(r"\d{4}-\d\d-\d\d", claim.noted_on)
        )
        assert re.fullmatch(r"[a-z0-9-]+", claim.key)
    assert {claim.key for claim in OLDER_CLAIMS} <= BY_KEY.keys()


def test_strong_is_only_what_was_compared():
    assert all(claim.control not in (Control.NONE, Control.NOT_AN_EFFECT) for claim in CLAIMS if claim.is_strong)
    assert 0 < sum(claim.is_strong for claim in CLAIMS) < len(CLAIMS) / 4


def test_claims_are_found_by_subject_and_words():
    assert claims_with(words="树洞")[0].key == "tree-hole-rescue"
    assert {claim.design for claim in claims_with(design=Design.TRIAL)} == {Design.TRIAL}
    assert all(claim.figure for claim in claims_with(with_figure=True))


@pytest.mark.django_db
def test_the_page_is_for_everybody(client):
    page = client.get(reverse("claims"))
    assert page.status_code == 200 and claims_on(page.content.decode()) == BY_KEY.keys()
    narrowed = client.get(reverse("claims"), {"group": "warning", "figure": "1"}).content.decode()
    assert "tree-hole-rescue" in claims_on(narrowed) and "market" not in claims_on(narrowed)
    assert "没有找到" in client.get(reverse("claims"), {"q": "不存在的词"}).content.decode()


def test_the_tag_leads_to_the_entry():
    html = Template('{% load claims %}{% claim "market" %}').render(Context())
    assert 'data-claim="market"' in html and "#market" in html and unclaimed_numbers(html) == []
    with pytest.raises(KeyError):
        Template('{% load claims %}{% claim "made-up" %}').render(Context())


def test_no_text_of_the_library_holds_a_figure():
    found = {}
    for path in Path("cms/content/texts").rglob("*.md"):
        body = path.read_text().split("---", 2)[-1]
        if numbers := unclaimed_numbers("".join(f"<p>{line}</p>" for line in body.splitlines())):
            found[path.name] = numbers
    assert found == {}


@pytest.fixture
def world(db):
    """The whole library as the demo has it, a talk, an article of an editor, something to buy."""
    call_command("load_library", verbosity=0)
    factories.make_event()
    factories.make_service()
    return Client(raise_request_exception=False)


def _starts():
    open_to_all = [name for name, door in DOORS.items() if door.who == EVERYONE and not door.of and not door.posts]
    items = [reverse("library-item", args=[item.slug]) for item in published_items()]
    return ["/", *items, *(reverse(name) for name in open_to_all if name not in ("styleguide", "outbox", "health"))]


def test_every_public_page_accounts_for_its_numbers(world):
    walked = walk_public_pages(_starts(), client=world)
    assert walked.found == {}
    items = [path for path in walked.pages if re.fullmatch(r"/library/[\w-]+/", path)]
    assert len(items) >= 60 and "/library/claims/" in walked.pages and "/talks/" in walked.pages
    assert walked.claims == BY_KEY.keys()


@pytest.mark.django_db
def test_the_walk_finds_a_planted_number():
    item = make_reviewed(summary="做完的人里有 80% 睡得更好。")
    walked = walk_public_pages([reverse("library")], client=Client(raise_request_exception=False))
    assert reverse("library-item", args=[item.slug]) in walked.found
