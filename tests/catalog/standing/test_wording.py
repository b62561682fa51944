"""A counsellor does not speak as a hospital does, and hears what to say instead."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from catalog.catalogue.enums import ProductKind, SaleState
from catalog.partner.enums import OrganisationType
from catalog.standing.enums import LicenceKind
from catalog.standing.errors import (
    CaptionsUnreadable,
    NotReadyToPublish,
    TranscriptMissing,
    VideoUnreadable,
    WordsNotAllowed,
)
from catalog.standing.models import Explainer
from catalog.standing.offering import may_use_medical_words, what_may_be_sold
from catalog.standing.services import (
    explain_product,
    find_words,
    hindrances,
    publish_product,
    record_licence,
    refuse_words,
)
from catalog.standing.wording import check_words
from tests import factories


def words(text, *, medical=False):
    return [finding.word for finding in check_words({"介绍": text}, may_use_medical_words=medical)]


class TestWords:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("我们治疗抑郁。", ["治疗"]),
            ("专业诊断，开药方便", ["诊断", "开药"]),
            ("三次治愈社交困难", ["治愈"]),
            ("治·疗 焦虑", ["治疗"]),
            ("服务过五百名患者", ["患者"]),
            ("We treat anxiety and prescribe rest.", ["treat", "prescribe"]),
            ("Diagnosis in one hour; cured in three.", ["Diagnosis", "cured"]),
            ("陪孩子慢慢说出来，一起找办法", []),
            ("In a retreat we are careful and secure.", []),
        ],
    )
    def test_of_medicine_are_found_in_both_languages(self, text, found):
        assert words(text) == found

    @pytest.mark.parametrize(
        "text",
        [
            "我们不做诊断和治疗。",
            "咨询不能代替治疗",
            "需要治疗的孩子，我们会介绍去医院",
            "We do not treat or diagnose.",
        ],
    )
    def test_may_say_what_is_not_done_here(self, text):
        assert words(text) == []

    @pytest.mark.parametrize("text", ["保证有效", "包好，不再犯", "guaranteed results"])
    def test_nobody_promises_not_even_a_hospital(self, text):
        assert words(text, medical=True)

    def test_a_hospital_speaks_as_a_hospital(self):
        assert words("门诊诊断和治疗", medical=True) == []

    def test_every_finding_says_what_to_write_instead(self):
        [finding] = check_words({"介绍": "温和。我们治疗抑郁，也陪伴。"}, may_use_medical_words=False)
        assert (finding.field, finding.sentence) == ("介绍", "我们治疗抑郁")
        assert "支持" in str(finding.suggestion)


@pytest.mark.django_db
class TestByLicence:
    def licensed(self, partner, kind, days=100):
        today = timezone.localdate()
        record_licence(
            partner=partner, kind=kind, number=f"示例-{kind}", issued_by="示例机关", checked_by=None,
            valid_from_on=today - timedelta(days=900), valid_until_on=today + timedelta(days=days),
        )  # fmt: skip

    def test_medical_words_hang_on_the_licence_and_not_on_the_name(self):
        clinic = factories.make_partner()
        hospital = factories.make_partner(organisation_type=OrganisationType.HOSPITAL)
        self.licensed(clinic, LicenceKind.BUSINESS)
        self.licensed(hospital, LicenceKind.MEDICAL, days=-1)
        assert not may_use_medical_words(clinic) and not may_use_medical_words(hospital)
        self.licensed(hospital, LicenceKind.MEDICAL, days=0)

    def test_a_school_sells_no_sessions_and_a_maker_no_care(self):
        school = factories.make_partner(organisation_type=OrganisationType.SCHOOL)
        self.licensed(school, LicenceKind.SCHOOL)
        assert what_may_be_sold(school) == {ProductKind.GROUP, ProductKind.COURSE, ProductKind.ASSESSMENT}
        maker = factories.make_partner(organisation_type=OrganisationType.MAKER)
        assert what_may_be_sold(maker) == {ProductKind.GOODS, ProductKind.COURSE}

    def test_a_licence_that_ended_covers_nothing(self):
        clinic = factories.make_partner()
        self.licensed(clinic, LicenceKind.BUSINESS, days=-1)
        assert what_may_be_sold(clinic) == frozenset()

    def test_texts_of_people_and_organisations_are_looked_at_the_same_way(self):
        clinic = factories.make_partner()
        assert [each.word for each in find_words(partner=clinic, texts={"介绍": "治疗失眠"})] == ["治疗"]
        with pytest.raises(WordsNotAllowed) as refused:
            refuse_words(partner=clinic, texts={"介绍": "治疗失眠"})
        assert "支持" in str(refused.value)


MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 32
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\n大家好。\n"
TRANSCRIPT = "大家好。" * 20


@pytest.mark.django_db
class TestGate:
    @pytest.fixture
    def paused(self):
        product = factories.make_course(sale_state=SaleState.PAUSED)
        return product, product.stockrecords.get().partner

    def test_what_is_explained_and_well_worded_goes_on_sale(self, paused):
        product, partner = paused
        assert hindrances(product=product, partner=partner) == []
        publish_product(product=product, partner=partner)
        product.refresh_from_db()
        assert product.sale_state == SaleState.ON_SALE

    def test_all_that_is_missing_is_said_at_once(self, paused):
        product, partner = paused
        Explainer.objects.all().delete()
        product.illustration, product.how_it_works, product.summary = "", [], "治疗失眠"
        product.save()
        product.stockrecords.update(price=None)
        with pytest.raises(NotReadyToPublish) as refused:
            publish_product(product=product, partner=partner)
        assert [each.what for each in refused.value.hindrances] == ["视频", "图片", "怎么进行", "价格", "治疗"]
        product.refresh_from_db()
        assert product.sale_state == SaleState.PAUSED

    def explain(self, paused, *, video=MP4, captions=CAPTIONS, transcript=TRANSCRIPT):
        product, partner = paused
        return explain_product(
            product=product, partner=partner, transcript=transcript, explained_by=factories.make_partner_staff(partner),
            video=SimpleUploadedFile("我家.exe", video), captions=SimpleUploadedFile("x.txt", captions.encode()),
        )  # fmt: skip

    def test_a_film_with_captions_and_words_is_kept_under_a_name_of_ours(self, paused):
        explainer = self.explain(paused)
        assert explainer.video.name.endswith(".mp4") and "我家" not in explainer.video.name
        assert explainer.captions.read().decode() == CAPTIONS
        explainer.captions.close()

    def test_what_is_no_film_no_captions_or_no_words_is_refused(self, paused):
        with pytest.raises(VideoUnreadable):
            self.explain(paused, video=b"<svg onload=alert(1)>")
        with pytest.raises(CaptionsUnreadable):
            self.explain(paused, captions="大家好")
        with pytest.raises(TranscriptMissing):
            self.explain(paused, transcript="短")

    def test_a_film_says_nothing_that_a_page_may_not_say(self, paused):
        with pytest.raises(WordsNotAllowed):
            self.explain(paused, captions=CAPTIONS + "\n00:02.000 --> 00:03.000\n三次治愈。\n")
