"""Settings of the API's own description."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from binzhou_xinfang.hooks import Registry

# A code list of the API under its own name; each app names those that it shows.
ENUM_NAMES: Registry[str, type[Enum] | Sequence[tuple[str, str]]] = Registry("api_description.ENUM_NAMES")

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "滨州信访接口",
    "DESCRIPTION": "与页面同一套办理动作：登记、受理、办理、答复、送达。以令牌或登录会话访问。",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "binzhou_xinfang.web.schema.describe_refusals",
    ],
    # One component for each code list, under its own name.
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
}
