"""Who wrote what in the community, and who asked."""

from datetime import datetime

from cms.community.enums import UnmaskingReason
from cms.community.services.unmasking import ask_who
from marketplace.core.formatting import in_shanghai
from tests import factories
from tests.factories.community import make_post

from .made import Made, dated, maker


@maker("community_links")
def _link(at: datetime) -> Made:
    author = factories.make_teen(age=16)
    return Made(dated(make_post(author).aliases.get(), last_on=in_shanghai(at).date()), author.public_id)


@maker("community_unmaskings")
def _unmasking(at: datetime) -> Made:
    asked = ask_who(
        asked_by=factories.make_staff(), writing=make_post(), reason=UnmaskingReason.COURT, why="法院来函要求协助查明。"
    )
    return Made(dated(asked, asked_at=at))
