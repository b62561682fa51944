"""The simulated WeChat's look."""

from html import escape

from payments.simulators import look

CSS = look.sheet(
    ground="#eef3f0",
    ink="#1c2a23",
    band="#1f4d38",
    on_band="#cfe6da",
    shadow="rgba(20,60,40,.08)",
    line="#dbe5df",
    quiet="#4f6258",
    edge="#afc4b8",
    first="#14764a",
    on_first="#def3e8",
)


def page(base_url: str, title: str, inner: str) -> str:
    """A whole page around `inner`, which is HTML already."""
    return look.page(f"{base_url}/cashier.css", "模拟微信支付", "Simulated WeChat Pay", title, inner)


def told(base_url: str, title: str, sentence: str, back: str = "") -> str:
    """A page that says one thing."""
    return page(base_url, title, f"<h1>{escape(title)}</h1><p>{escape(sentence)}</p>{look.way_back(back)}")
