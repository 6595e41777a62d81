"""Serializers derived from forms in the API's description."""

from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiSerializerExtension

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema


class FormSerializerSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # registers itself
    """OpenAPI extension that says that a key the form does not know is refused."""

    target_class = "binzhou_xinfang.web.form_serializers.FormSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: "AutoSchema", direction: Any) -> dict[str, Any]:
        """Describe the fields as a closed object."""
        schema: dict[str, Any] = auto_schema._map_serializer(  # type: ignore[no-untyped-call]
            self.target, direction, bypass_extensions=True
        )
        return {**schema, "additionalProperties": False}
