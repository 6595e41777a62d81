"""How the API's description speaks of serializers that come out of forms."""

from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiSerializerExtension

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema


class FormSerializerSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # registers itself
    """Says that a key the form does not know is refused."""

    target_class = "binzhou_xinfang.web.form_serializers.FormSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: "AutoSchema", direction: Any) -> dict[str, Any]:
        """The schema of its fields, closed."""
        schema: dict[str, Any] = auto_schema._map_serializer(  # type: ignore[no-untyped-call]
            self.target, direction, bypass_extensions=True
        )
        return {**schema, "additionalProperties": False}
