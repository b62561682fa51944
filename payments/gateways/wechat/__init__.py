"""WeChat Pay v3 through the wechatpayv3 package, mended where it is broken."""
