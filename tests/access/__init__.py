"""Access tests: every address × role × relation to the unit that holds the matter, ordinary and sealed."""
