"""Parts that every page shares: the frame, refusals in words, lists in pages, serializers derived from forms."""
