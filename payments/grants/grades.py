"""How sensitive the fields of grants are: sums and times; what a community wrote, and its receipts, are sealed."""

from marketplace.core.grades import Grade, graded

graded(
    "grants.Fund",
    {Grade.L2: "id public_id payee title budget_fen starts_on ends_on state opened_by opened_at closed_at"},
)
graded(
    "grants.Allocation",
    {
        Grade.L2: """
            id public_id fund amount_fen money_from state asked_by asked_at decided_by decided_at returned_fen
        """,
    },
)
graded(
    "grants.SpendRequest",
    {
        Grade.L4: "purpose evidence answer",
        Grade.L2: "id public_id fund amount_fen evidence_type state asked_by asked_at decided_by decided_at",
    },
)
