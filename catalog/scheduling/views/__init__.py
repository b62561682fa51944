"""A family's pages of its bookings."""
