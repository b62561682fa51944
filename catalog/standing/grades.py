"""How sensitive the fields are: licences hang on the wall, who checked them is our own business."""

from marketplace.core.grades import Grade, graded

graded(
    "standing.Licence",
    {
        Grade.L1: "public_id partner kind number issued_by valid_from_on valid_until_on checked_at withdrawn_at",
        Grade.L2: "id checked_by warned_days",
    },
)
graded(
    "standing.Withholding",
    {
        Grade.L1: """
            public_id kind body product provider partner reasons began_at lifted_at lifted_because
            appeal_state appeal appealed_at appeal_answer answered_at
        """,
        Grade.L2: "id decided_by lifted_by appealed_by answered_by",
    },
)
graded(
    "standing.BlacklistEntry",
    {Grade.L2: "id public_id body name number reasons listed_on source noted_at noted_by ended_at withholding"},
)
graded(
    "standing.Explainer",
    {Grade.L1: "id product video captions transcript explained_at", Grade.L2: "explained_by"},
)
graded(
    "standing.Assessment",
    {
        Grade.L1: "public_id body partner checklist_version answers result remarks signed_at valid_until_on",
        Grade.L2: "id signed_by",
    },
)
graded(
    "standing.Training",
    {Grade.L1: "public_id body title held_on hours providers", Grade.L2: "id noted_at noted_by"},
)
graded(
    "standing.StandardsVersion",
    {Grade.L1: "id public_id number body drafted_at published_at", Grade.L2: "published_by"},
)
graded(
    "standing.StandardsSay",
    {Grade.L1: "public_id version body stance words said_at", Grade.L2: "id said_by"},
)
