"""What `make` runs: set-up, the demo, the checks. Nothing here is served."""
