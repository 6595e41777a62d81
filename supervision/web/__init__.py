"""督办 on the screen and by API: forms, pages, serializers, addresses, menu and the panel on the page of a matter."""
