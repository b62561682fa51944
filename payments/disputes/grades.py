"""How sensitive the fields of a dispute are. What staff write to the bank is sealed: it speaks of a family's purchase."""

from marketplace.core.grades import Grade, graded

graded(
    "disputes.Dispute",
    {
        Grade.L4: "evidence",
        Grade.L2: """
            id public_id next_check_at check_count attempt gateway ref state amount_fen claimed_fen held_fen fee_fen
            entry_count reason respond_by answered_by answered_at refund opened_at
            heard_at closed_at
        """,
    },
)
