"""Pages and API of 维护: units, people, posts, powers, topics."""
