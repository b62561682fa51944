"""How sensitive the fields of retention are."""

from marketplace.core.grades import Grade, graded

graded(
    "retention.LegalHold",
    {
        Grade.L4: "reason",
        Grade.L2: "id public_id subject_id set_by set_at released_by released_at",
    },
)
graded("retention.RetentionRun", {Grade.L2: "id due_at started_at finished_at"})
graded(
    "retention.RetentionLine",
    {Grade.L2: "id run key found erased held_back oldest_left_at error finished_at"},
)
