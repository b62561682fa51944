"""PostgreSQL and Redis out of wheels, for development, demo, tests and benchmarks; production names real servers instead."""
