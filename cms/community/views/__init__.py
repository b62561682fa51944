"""Pages of the community, by who stands before them."""
