"""The demo's published rules, a clinic's account, and a community's fund."""

PRICE_RULES = """价格由机构自己定，页面上看到的就是全部，不再加收平台费、手续费或运费。
下单以后价格不变；机构改价，只影响以后的订单。
同样的服务，对每个家庭一个价；优惠由平台承担，不少付给机构。"""
PRICE_RULES_EN = """Organisations set their own prices. What a page shows is the whole price: no platform fee, surcharge or postage on top.
Once an order is placed its price stays; a change counts for later orders only.
Every family pays the same for the same service. Vouchers are ours to bear and never lower what an organisation is paid."""
COMMISSION_RULES = """服务完成后，从机构的收入里按上面的比例收取，每一项算到分，零头归机构。
没有完成的不收；退了款的，按退款的比例一起退回。
公益基金只用于社区活动，收支可以查。"""
COMMISSION_RULES_EN = """Once a service is delivered, the shares above are taken of what the organisation earned, each to the fen; what is over is the organisation's.
Nothing is taken of what was not delivered, and a refund gives our shares back in proportion.
The public good fund pays for community activities only, and its books are open."""
REFUND_RULES = """每项服务下单前写明几小时前可以全额取消、之后退多少，下单后不再变。
机构取消，全额退。商品签收后七天内可以无理由退货。
退款原路退回。"""
REFUND_RULES_EN = """Each service says before you order until when cancelling is free and how much comes back after that; it does not change once you ordered.
When the organisation cancels, all of it comes back. Goods can be returned within seven days of arrival.
Money goes back the way it came."""

#: (code, name, English name, ten-thousandths)
SHARES = (
    ("platform", "平台服务费", "Platform fee", 800),
    ("channel", "支付通道费", "Payment channel fee", 60),
    ("public_good", "公益基金", "Public good fund", 100),
)
NEXT_SHARES = (
    ("platform", "平台服务费", "Platform fee", 700),
    ("channel", "支付通道费", "Payment channel fee", 60),
    ("public_good", "公益基金", "Public good fund", 100),
)

ACCOUNT_HOLDER = "青禾心理（示例）"
ACCOUNT_NUMBER = "qinghe@xinqiao.example"

FUND_TITLE = "秋季亲子活动（示例）"
SPENT_ON = "（示例）周末手工活动的彩纸、胶水和点心，32 人份。"
RECEIPT = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 144]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 52>>stream
BT /F1 18 Tf 40 80 Td (EXAMPLE RECEIPT 680.00) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
