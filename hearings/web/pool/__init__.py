"""听证专家智库 on the screen: experts, draws, and the page on which anybody reckons a draw again."""
