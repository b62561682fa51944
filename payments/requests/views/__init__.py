"""Pages of asks: for whoever holds the link, for guardians, for the one who asks."""
