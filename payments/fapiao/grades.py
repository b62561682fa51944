"""How sensitive a fapiao is: whom it names, and where it is sent."""

from marketplace.core.grades import Grade, graded

graded(
    "fapiao.FapiaoRequest",
    {
        Grade.L4: "buyer_name tax_number email",
        Grade.L2: """
            id public_id intent asked_by replaces title_kind item_name amount_fen state number red_number fail_reason
            requested_at issued_at reversal_asked_at reversed_at ended_at handled_by
        """,
    },
)
