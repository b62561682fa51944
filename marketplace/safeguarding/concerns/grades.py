"""How sensitive the fields of concerns are: that there is one says more than most."""

from marketplace.core.grades import Grade, graded

graded(
    "concerns.Concern",
    {
        Grade.L4: "link",
        Grade.L3: "kind urgency source mark outcome",
        Grade.L2: """
            id public_id opened_at latest_at clock_from round acknowledge_by alerted_at acknowledged_at acknowledged_by
            escalated_15_at escalated_60_at closed_at closed_by is_drill drill_started_by erased_at
        """,
    },
)
graded(
    "concerns.ConcernEvent",
    {Grade.L4: "text", Grade.L3: "source ref level detail", Grade.L2: "id public_id concern kind seconds by at"},
)
graded("concerns.Escalation", {Grade.L2: "id concern round minutes told at"})
graded(
    "concerns.Call",
    {Grade.L2: "id public_id concern round position person state asked_at marked_at marked_by"},
)
graded("concerns.StepMark", {Grade.L3: "step", Grade.L2: "id public_id concern done_by done_at"})
graded(
    "concerns.TrainingRecord",
    {Grade.L2: "id user training done_on valid_until recorded_by recorded_at"},
)
graded(
    "concerns.Unsealing",
    {Grade.L4: "reason", Grade.L2: "id public_id concern what asked_by asked_at decided_by decided_at is_granted"},
)
