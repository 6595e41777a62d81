"""The API's description: serializers derived from forms, and the refusals that any address may answer."""

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


# What every address may answer, whoever asks and whatever was sent: the framework, the throttle and the outage say it
# before a view is reached, so it is described here, once, and not by the views.
ANYWHERE = {
    "400": "请求无法识别，或者填写有误：每个字段的问题",
    "401": "没有登录，或者令牌无效",
    "403": "没有岗位，或者岗位没有这项权限",
    "404": "没有这条记录，或者不在本岗位可以看到的范围内",
    "405": "这个地址不接受这种请求",
    "406": "不能按所要的格式回答",
    "413": "请求的内容太大",
    "415": "不是可以识别的内容类型",
    "429": "请求太频繁，Retry-After 为可以再试的秒数",
    "503": "系统暂时不能使用，Retry-After 为可以再试的秒数",
}
_JSON = "application/json"
_REFUSAL = {"$ref": "#/components/schemas/Refusal"}
_OF_FIELDS = {"type": "object", "additionalProperties": {}}


def describe_refusals(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    """Complete each operation by what it may answer beside its own, as a hook of drf-spectacular; every refusal is
    JSON, also of an address that answers with a file."""
    operations = (each for item in result["paths"].values() for each in item.values() if "responses" in each)
    for operation in operations:
        answers = operation["responses"]
        for status, words in ANYWHERE.items():
            schema = _OF_FIELDS if status == "400" else _REFUSAL
            answers.setdefault(status, {"content": {_JSON: {"schema": schema}}, "description": words})
        for status, answer in answers.items():
            if status >= "400" and answer.get("content"):
                answer["content"] = {_JSON: next(iter(answer["content"].values()))}
    return result
