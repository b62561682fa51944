"""How sensitive the fields of asks are. What a young person writes to whoever pays is sealed."""

from marketplace.core.grades import Grade, graded

graded(
    "payment_requests.PaymentRequest",
    {
        Grade.L4: "message",
        Grade.L2: """
            id public_id intent created_by in_app intended_payer token_digest link_salt shown state created_at expires_at
            ended_at
        """,
    },
)
graded("payment_requests.RequestEvent", {Grade.L2: "id request kind by at"})
graded(
    "payment_requests.GuardianDecision",
    {Grade.L2: "id public_id intent guardian decision outcome decided_at"},
)
