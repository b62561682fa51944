"""How sensitive the fields of the young people's council are."""

from marketplace.core.grades import Grade, graded

graded(
    "council.Question",
    {
        Grade.L1: "title why opens_at closes_at votes_counted answer_by answer answered_at",
        Grade.L2: "id public_id status written_by created_at published_at answered_by",
    },
)
graded("council.Option", {Grade.L1: "text votes position", Grade.L2: "id question"})
graded("council.Vote", {Grade.L3: "tag option", Grade.L2: "public_id question"})
graded(
    "council.Proposal",
    {
        Grade.L4: "text answer",
        Grade.L3: "is_urgent",
        Grade.L2: "id public_id child status proposed_at answer_by answered_at answered_by",
    },
)
