"""How sensitive the fields of organisations and their stock are."""

from marketplace.core.grades import Grade, graded

graded(
    "partner.Partner",
    {
        Grade.L1: """
            id public_id code name organisation_type name_en introduction license_note district
            is_demo
        """,
        Grade.L2: "users",
    },
)
graded(
    "partner.PartnerAddress",
    {
        Grade.L1: """
            id code partner title first_name last_name line1 line2 line3 line4 state postcode country
            search_text
        """,
    },
)
graded(
    "partner.StockRecord",
    {
        Grade.L1: "id product partner partner_sku price_currency price",
        Grade.L2: "num_in_stock num_allocated low_stock_threshold date_created date_updated",
    },
)
graded(
    "partner.StockAlert",
    {
        Grade.L2: "id stockrecord threshold status date_created date_closed",
    },
)
