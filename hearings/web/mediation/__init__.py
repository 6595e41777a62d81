"""访调对接 on the screen: points, mediations, and the panel of a matter."""
