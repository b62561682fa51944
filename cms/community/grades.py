"""How sensitive the fields of the community are. The desk's are graded in `moderation_grades`."""

from marketplace.core.grades import Grade, graded

from . import moderation_grades  # noqa: F401 - read with these

graded("community.Topic", {Grade.L1: "id slug need band picture intro is_open position"})
graded(
    "community.Post",
    {
        Grade.L4: "text",
        Grade.L2: """
            id public_id topic state waiting_for is_covered written_at slot withdrawn_at withdrawn_from shuffle
            replies_shown hugs_given
        """,
    },
)
graded(
    "community.Reply",
    {
        Grade.L4: "text",
        Grade.L2: """
            id public_id thread alias state waiting_for is_covered written_at slot withdrawn_at withdrawn_from position
            quotes_post quotes hugs_given
        """,
    },
)
graded(
    "community.Alias",
    {Grade.L4: "member", Grade.L2: "id public_id thread member_key name picture is_author last_on link_id"},
)
graded("community.Drawer", {Grade.L4: "aliases", Grade.L2: "id public_id member"})
graded("community.Hug", {Grade.L2: "id post reply giver_key"})
graded("community.Mute", {Grade.L2: "id alias member_key"})
graded("community.Block", {Grade.L2: "id alias member_key"})
graded("community.Attachment", {Grade.L4: "description content", Grade.L2: "id public_id post reply shape"})
graded(
    "community.Unmasking",
    {
        Grade.L4: "why",
        Grade.L3: "reason",
        Grade.L2: "id public_id alias state asked_by asked_at decided_by decided_at expires_at opened_at",
    },
)
