"""How sensitive the fields of sessions paid for ahead are: what a use is for, its booking knows."""

from marketplace.core.grades import Grade, graded

graded("credits.Package", {Grade.L1: "id product sessions valid_days services"})
graded(
    "credits.CreditGrant",
    {
        Grade.L2: """
            id public_id owner child source_kind source_id order_line product partner services max_price_fen
            total used returned unit_fen value_fen consumed_fen created_at expires_at ended_at
            reminded_month_at reminded_week_at
        """,
    },
)
graded("credits.CreditUse", {Grade.L2: "id public_id grant booking value_fen used_at given_back_at"})
graded("credits.CreditRefund", {Grade.L2: "id public_id grant units amount_fen refund asked_by asked_at"})
