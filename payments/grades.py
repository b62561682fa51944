"""How sensitive the fields of payments are. A gateway's message may name its customer."""

from marketplace.core.grades import Grade, graded

graded(
    "payments.PaymentIntent",
    {
        Grade.L2: """
            id public_id next_check_at check_count payable_kind payable_id amount_fen currency state
            buyer expires_at paid_at settled_by created_at
        """,
    },
)
graded(
    "payments.PaymentAttempt",
    {
        Grade.L2: """
            id public_id next_check_at check_count intent gateway method client out_trade_no
            provider_ref handle payer state qr_text payable_until paid_at amount_fen captured_fen
            refund_claimed_fen refunded_fen created_at last_checked_at
        """,
    },
)
graded(
    "payments.ProviderEvent",
    {
        Grade.L3: "raw_body headers",
        Grade.L2: """
            id public_id next_check_at check_count gateway event_id kind out_trade_no about ref received_at
            processed_at error
        """,
    },
)
graded(
    "payments.Refund",
    {
        Grade.L2: """
            id public_id next_check_at check_count attempt key out_refund_no amount_fen reason state
            initiator requested_at sent_at finished_at
        """,
    },
)
graded(
    "payments.PaymentIncident",
    {
        Grade.L2: "id kind key gateway attempt details count opened_at last_seen_at closed_at",
    },
)
