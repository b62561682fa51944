"""How sensitive the fields of complaints are."""

from marketplace.core.grades import Grade, graded

graded(
    "complaints.Complaint",
    {
        Grade.L4: "what_happened contact",
        Grade.L3: "topic items is_urgent",
        Grade.L2: """
            id public_id number code_digest complainant status handler received_at acknowledge_by acknowledged_at
            answer_by answered_at answered_by objected_at second_answer_by second_answered_at closed_at cause side
            erased_at
        """,
    },
)
graded(
    "complaints.Entry",
    {
        Grade.L4: "text",
        Grade.L2: "id public_id complaint kind written_by written_at",
    },
)
graded("complaints.ClockAlarm", {Grade.L2: "id complaint clock state told_at"})
