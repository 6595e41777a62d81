"""Who gets in where: every address × role × relation to the unit that holds the matter, ordinary and sealed."""
