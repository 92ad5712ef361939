"""How fast the portal is, beside bare Django views on the same machine in the same run: `make bench`."""
