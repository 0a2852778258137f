"""OpenAPI 3.0 and 3.1: the schemas of its components, and bodies of requests and answers by their pointer."""

from penstock.errors import DocumentFormatError
from penstock.readers import Document
from penstock.readers.structured import escaped, load, outline


class OpenApiReader:
    """Reads OpenAPI descriptions, as JSON or YAML."""

    kind = "openapi"

    def recognises(self, head: str, suffix: str) -> bool:
        """Whether it says so itself."""
        return suffix in {"", ".json", ".yml", ".yaml"} and any(
            outline(head).get(key, "")[:1].isdecimal() for key in ("openapi", "swagger")
        )

    def read(self, text: str, place: str, part: str = "") -> Document:
        """The schemas under `components/schemas`, or the one that a pointer leads to.

        A body is named as `/paths/~1orders/post/requestBody` or `/paths/~1orders/get/responses/200`.

        Raises:
            DocumentFormatError: it is no OpenAPI 3 description, or has no schemas.
        """
        from penstock.readers.json_schema.read import read_definitions

        root = load(text, place)
        if isinstance(root, dict) and "swagger" in root:
            step = "convert it to OpenAPI 3 first, for example with swagger2openapi."
            raise DocumentFormatError(place, "swagger", f"this is Swagger {root['swagger']}", step)
        version = str(root.get("openapi", "")) if isinstance(root, dict) else ""
        if not version.startswith("3."):
            raise DocumentFormatError(place, "", "this is no OpenAPI 3 description", "give one with 'openapi: 3.…'.")
        wanted = [(f"/components/schemas/{escaped(name)}", name) for name in _schemas(root, place)]
        if not wanted and not part:
            hint = "name a body after '#', as in api.yaml#/paths/~1orders/post/requestBody."
            raise DocumentFormatError(place, "components/schemas", "no schema is there", hint)
        return read_definitions(self.kind, root, place, wanted, part, siblings=not version.startswith("3.0"))


def _schemas(root: dict[str, object], place: str) -> list[str]:
    found: object = root
    for key in ("components", "schemas"):
        found = found.get(key) if isinstance(found, dict) else None
        if found is not None and not isinstance(found, dict):
            raise DocumentFormatError(place, key, "is no object", "write a schema under each name.")
    return list(found) if isinstance(found, dict) else []


READER = OpenApiReader()
