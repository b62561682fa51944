"""How sensitive the fields of baskets are."""

from marketplace.core.grades import Grade, graded

graded(
    "basket.Basket",
    {
        Grade.L2: "id owner status date_created date_merged date_submitted vouchers",
    },
)
graded(
    "basket.Line",
    {
        Grade.L2: """
            id basket line_reference product stockrecord quantity price_currency price_excl_tax
            price_incl_tax tax_code date_created date_updated booking child
        """,
    },
)
graded(
    "basket.LineAttribute",
    {
        Grade.L2: "id line option value",
    },
)
