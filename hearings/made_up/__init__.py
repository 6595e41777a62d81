"""Made-up rows of hearings for the demo."""
