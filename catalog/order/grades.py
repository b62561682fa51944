"""How sensitive the fields of orders are, Oscar's own included."""

from marketplace.core.grades import Grade, graded

graded(
    "order.Order",
    {
        Grade.L4: "note",
        Grade.L3: "guest_email contact_name contact_phone",
        Grade.L2: """
            id public_id number site basket user billing_address currency total_incl_tax
            total_excl_tax shipping_incl_tax shipping_excl_tax shipping_tax_code shipping_address
            shipping_method shipping_code status date_placed analytics_tracked total_fen refunded_fen
            expires_at paid_at closed_at
        """,
    },
)
graded(
    "order.Line",
    {
        Grade.L2: """
            id order partner partner_name partner_sku partner_line_reference partner_line_notes
            stockrecord product title upc quantity line_price_incl_tax line_price_excl_tax
            line_price_before_discounts_incl_tax line_price_before_discounts_excl_tax
            unit_price_incl_tax unit_price_excl_tax tax_code status num_allocated allocation_cancelled
            booking child price_fen refunded_fen discount_fen credit_fen return_rule fee_version
        """,
    },
)
graded(
    "order.OrderQuestion",
    {
        Grade.L4: "body answer",
        Grade.L2: "id public_id order asked_by asked_at status answered_by answered_at",
    },
)
graded(
    "order.RefundProposal",
    {
        Grade.L4: "note",
        Grade.L2: "id public_id line amount_fen state asked_by asked_at decided_by decided_at refund",
    },
)
graded(
    "order.OrderNote",
    {
        Grade.L4: "message",
        Grade.L2: "id public_id order user note_type date_created date_updated",
    },
)
graded(
    "order.ShippingAddress",
    {
        Grade.L3: """
            title first_name last_name line1 line2 line3 line4 state postcode country search_text
            phone_number notes
        """,
        Grade.L2: "id public_id code",
    },
)
graded(
    "order.BillingAddress",
    {
        Grade.L3: "title first_name last_name line1 line2 line3 line4 state postcode country search_text",
        Grade.L2: "id public_id code",
    },
)
graded(
    "order.LineRefund",
    {
        Grade.L2: "id line refund requested_at",
    },
)
graded(
    "order.LineAttribute",
    {
        Grade.L2: "id line option type value",
    },
)
graded(
    "order.LinePrice",
    {
        Grade.L2: """
            id order line quantity price_incl_tax price_excl_tax shipping_incl_tax shipping_excl_tax
            tax_code
        """,
    },
)
graded(
    "order.OrderStatusChange",
    {
        Grade.L2: "id order old_status new_status date_created",
    },
)
graded(
    "order.CommunicationEvent",
    {
        Grade.L2: "id order event_type date_created",
    },
)
graded(
    "order.ShippingEvent",
    {
        Grade.L2: "id order event_type notes date_created lines",
    },
)
graded(
    "order.ShippingEventQuantity",
    {
        Grade.L2: "id event line quantity",
    },
)
graded(
    "order.ShippingEventType",
    {
        Grade.L2: "id name code",
    },
)
graded(
    "order.PaymentEvent",
    {
        Grade.L2: "id order amount reference event_type shipping_event date_created lines",
    },
)
graded(
    "order.PaymentEventQuantity",
    {
        Grade.L2: "id event line quantity",
    },
)
graded(
    "order.PaymentEventType",
    {
        Grade.L2: "id name code",
    },
)
graded(
    "order.OrderDiscount",
    {
        Grade.L2: "id order category offer_id offer_name voucher_id voucher_code frequency amount message",
    },
)
graded(
    "order.OrderLineDiscount",
    {
        Grade.L2: "id line order_discount is_incl_tax amount",
    },
)
graded(
    "order.Surcharge",
    {
        Grade.L2: "id order name code incl_tax excl_tax tax_code",
    },
)
