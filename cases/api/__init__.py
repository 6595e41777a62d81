"""The API: the same reads and moves as the pages, through the same queries and actions."""
