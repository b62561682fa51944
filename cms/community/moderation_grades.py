"""How sensitive the fields of the moderation desk and of holds are."""

from marketplace.core.grades import Grade, graded

graded(
    "community.Case",
    {
        Grade.L3: "level kind is_hard",
        Grade.L2: "id public_id post reply cause urgency reports_count opened_at settled_at",
    },
)
graded("community.Claim", {Grade.L2: "id case moderator claimed_at expires_at opened_at ended_at"})
graded(
    "community.Decision",
    {
        Grade.L4: "words reason",
        Grade.L2: """
            id public_id case decided_by outcome template decided_at waited_seconds state_before waiting_before
            undone_at
        """,
    },
)
graded(
    "community.Appeal",
    {
        Grade.L4: "words",
        Grade.L2: "id public_id decision case made_at first_reader second_reader answered_at",
    },
)
graded(
    "community.Report",
    {
        Grade.L4: "words",
        Grade.L3: "reason",
        Grade.L2: "id public_id post reply reporter is_member reported_at",
    },
)
graded("community.CareBreak", {Grade.L2: "id moderator kind began_at until_at ended_at"})
graded(
    "community.TrainingRecord",
    {Grade.L2: "id moderator course completed_on valid_until recorded_by recorded_at"},
)
graded("community.Sight", {Grade.L2: "id theme topic thread seen_at is_drill"})
graded(
    "community.HoldMode",
    {
        Grade.L2: """
            id public_id topic theme cause is_drill seen usual first_sight_at began_at began_by look_again_at
            confirmed_at ended_at ended_by
        """,
    },
)
graded(
    "community.HoldEntry",
    {Grade.L4: "words", Grade.L2: "id public_id hold step written_by written_at"},
)
