"""What every page shares: the frame, the words for a refusal, lists in pages, serializers out of forms."""
