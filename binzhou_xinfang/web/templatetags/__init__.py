"""The tags of the face."""
