"""Pages of communities, by what they are about."""
