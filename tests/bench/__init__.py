"""Measuring the product as it is served: `make bench`, or `python -m tests.bench` on servers that are running."""
