"""Pages of 找服务: the listing, a category, a product, a provider."""
