"""How sensitive the fields of the books are: amounts and numbers; what people write is sealed."""

from marketplace.core.grades import Grade, graded

graded(
    "books.BookedBill",
    {
        Grade.L2: """
            id next_check_at check_count gateway day state line_count paid_fen refunded_fen disputed_fen fee_fen
            difference_count booked_at
        """,
    },
)
graded(
    "books.BookedLine",
    {Grade.L2: "id bill key kind out_trade_no out_refund_no provider_ref amount_fen fee_fen at"},
)
graded(
    "books.Difference",
    {
        Grade.L2: """
            id public_id key gateway day kind out_trade_no out_refund_no provider_ref ours_fen theirs_fen state opened_at
            resolved_at came_right
        """,
    },
)
graded(
    "books.Decision",
    {
        Grade.L4: "note",
        Grade.L2: """
            id public_id about difference subject_key resolution state proposed_by proposed_at decided_by decided_at
            entry_key
        """,
    },
)
graded(
    "books.IncidentCase",
    {Grade.L4: "note", Grade.L2: "id public_id incident_key taken_by taken_at closed_by closed_at"},
)
graded(
    "books.SuspenseReturn",
    {
        Grade.L2: """
            id next_check_at check_count decision gateway out_trade_no out_refund_no amount_fen state requested_at
            sent_at finished_at
        """,
    },
)
