"""信访事项 on the screen and by API: forms, pages, serializers, addresses and menu, room by room as below."""
