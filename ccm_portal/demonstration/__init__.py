"""Demonstration data: real reports from public excerpts, and invented ones that say so everywhere."""
