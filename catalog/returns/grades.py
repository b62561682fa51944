"""How sensitive the fields of returns are."""

from marketplace.core.grades import Grade, graded

graded(
    "returns.ReturnRequest",
    {
        Grade.L4: "reason refusal",
        Grade.L3: "carrier tracking_number",
        Grade.L2: """
            id public_id line quantity state asked_by asked_at send_to send_by answered_at sent_at received_at ended_at
            answered_by is_restocked refund_fen refund
        """,
    },
)
