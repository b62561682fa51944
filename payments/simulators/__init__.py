"""Stand-ins for payment companies, for the demo and the tests; they share no code with the gateways."""
