"""Django's PostgreSQL engine with one thing changed: how a kept connection is found to be dead."""
