"""听证 on the screen: addresses and menu."""
