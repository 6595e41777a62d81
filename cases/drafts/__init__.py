"""文书拟制: letters that no move owns, drafted, checked and signed by three hands, numbered at the signature."""
