"""The payment companies: keys and addresses, from the environment."""

import os

PAYMENT_GATEWAYS = {
    "wechat": {
        "mchid": os.environ.get("WECHATPAY_MCHID", ""),
        "app_id": os.environ.get("WECHATPAY_APP_ID", ""),
        "app_secret": os.environ.get("WECHATPAY_APP_SECRET", ""),
        "private_key": os.environ.get("WECHATPAY_PRIVATE_KEY", ""),
        "certificate_serial": os.environ.get("WECHATPAY_CERTIFICATE_SERIAL", ""),
        "api_v3_key": os.environ.get("WECHATPAY_API_V3_KEY", ""),
        # Public-key mode when both are set; certificate mode otherwise.
        "public_key": os.environ.get("WECHATPAY_PUBLIC_KEY", ""),
        "public_key_id": os.environ.get("WECHATPAY_PUBLIC_KEY_ID", ""),
        "plan_id": os.environ.get("WECHATPAY_PLAN_ID", ""),
        "gateway_url": os.environ.get("WECHATPAY_BASE_URL", "https://api.mch.weixin.qq.com"),
        "open_url": os.environ.get("WECHAT_OPEN_URL", "https://open.weixin.qq.com"),
        "open_api_url": os.environ.get("WECHAT_OPEN_API_URL", "https://api.weixin.qq.com"),
    },
    "alipay": {
        "app_id": os.environ.get("ALIPAY_APP_ID", ""),
        "seller_id": os.environ.get("ALIPAY_SELLER_ID", ""),
        "app_private_key": os.environ.get("ALIPAY_APP_PRIVATE_KEY", ""),
        "alipay_public_key": os.environ.get("ALIPAY_PUBLIC_KEY", ""),
        # Certificate mode, without which no partner can be paid: ours, and Alipay's bundle of roots, as PEM.
        "app_certificate": os.environ.get("ALIPAY_APP_CERTIFICATE", ""),
        "root_certificates": os.environ.get("ALIPAY_ROOT_CERTIFICATES", ""),
        "gateway_url": os.environ.get("ALIPAY_GATEWAY_URL", "https://openapi.alipay.com/gateway.do"),
    },
    "stripe": {
        "secret_key": os.environ.get("STRIPE_SECRET_KEY", ""),
        "webhook_secret": os.environ.get("STRIPE_WEBHOOK_SECRET", ""),
        "gateway_url": os.environ.get("STRIPE_API_URL", "https://api.stripe.com"),
    },
}

#: The company through which partners are paid; a partner with a bank account is paid by hand.
PAYOUT_GATEWAY = "alipay"
