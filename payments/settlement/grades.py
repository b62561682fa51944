"""How sensitive the fields of settlement are: sums and times; only where a partner's money goes is a secret."""

from marketplace.core.grades import Grade, graded

graded(
    "settlement.FeeVersion",
    {
        Grade.L1: """
            number valid_from price_rules price_rules_en commission_rules commission_rules_en refund_rules
            refund_rules_en published_at
        """,
        Grade.L2: "id public_id drafted_by drafted_at published_by",
    },
)
graded("settlement.FeeLine", {Grade.L1: "code label label_en bps", Grade.L2: "id version position"})
graded("settlement.Payee", {Grade.L2: "id payee created_at"})
graded(
    "settlement.Earning",
    {
        Grade.L2: """
            id public_id source_kind source_id payee earned_by reference payable_kind payable_id fee_version
            funded_from funded_owner paid_fen borne_fen commission_fen net_fen paid_back_fen borne_back_fen
            commission_back_fen clawed_back_fen fulfilled_at available_at created_at statement
        """,
    },
)
graded("settlement.EarningLine", {Grade.L2: "id earning code bps fen back_fen"})
graded(
    "settlement.ClawBack",
    {Grade.L2: "id earning key paid_fen borne_fen commission_fen net_fen happened_at statement"},
)
graded("settlement.ClawBackLine", {Grade.L2: "id claw_back code fen"})
graded(
    "settlement.Statement",
    {
        Grade.L2: """
            id public_id payee period_on drawn_up_at opening_fen gross_fen commission_fen commissions net_fen
            paid_fen closing_fen
        """,
    },
)
graded(
    "settlement.PayoutAccount",
    {
        Grade.L4: "holder number bank",
        Grade.L2: """
            id public_id payee channel asked_by asked_at confirmed_by confirmed_at effective_at stopped_at
        """,
    },
)
graded(
    "settlement.Payout",
    {
        Grade.L2: """
            id public_id next_check_at check_count payee account amount_fen state out_payout_no provider_ref
            failure_code drafted_by drafted_at approved_by approved_at sent_by sent_at finished_at retries statement
        """,
    },
)
