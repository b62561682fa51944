"""Cards by Stripe, through its official SDK: hosted Checkout, subscriptions, disputes."""
