"""Days and moments as an office writes them, whatever the browser."""
