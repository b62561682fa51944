"""How sensitive the fields of plans are: sums, days and numbers; a digest that leads to an account only with our key."""

from marketplace.core.grades import Grade, graded

graded(
    "subscriptions.Plan",
    {
        Grade.L1: """
            id public_id code version name name_en amount_fen period_months trial_days benefits sessions session_unit_fen
            on_sale_from on_sale_until
        """,
    },
)
graded(
    "subscriptions.Subscription",
    {
        Grade.L2: """
            id public_id next_check_at check_count user plan amount_fen state trial_ends_at paid_through grace_until
            renews choice_made_at anchor_day created_at ended_at ended_reason
        """,
    },
)
graded(
    "subscriptions.Agreement",
    {
        Grade.L2: """
            id public_id next_check_at check_count subscription gateway out_agreement_no provider_ref handle
            instrument_digest state amount_fen first_charge_on chooses_renewal told_renews announced_at
            created_at signed_at ended_at
        """,
    },
)
graded(
    "subscriptions.BillingCycle",
    {
        Grade.L2: """
            id public_id subscription kind state period_starts_at period_ends_at amount_fen sessions session_unit_fen
            sessions_used intent charge_begun_at tries next_try_at last_refusal paid_at opened_at closed_at created_at
        """,
    },
)
graded(
    "subscriptions.RenewalNotice",
    {Grade.L2: "id cycle channel sent_at charge_on amount_fen renews wording text sha256"},
)
graded("subscriptions.TrialUse", {Grade.L2: "id user instrument_digest subscription begun_at"})
