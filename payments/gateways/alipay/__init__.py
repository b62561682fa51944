"""Alipay through its official SDK, mended where it is broken."""
