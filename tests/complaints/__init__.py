"""Inputs that failed with systems of this kind, each answered as it says."""
