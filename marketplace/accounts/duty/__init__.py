"""When our staff are on duty: outside it, people's data stays closed to them."""
