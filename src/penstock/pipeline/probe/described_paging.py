"""How to page, from an OpenAPI description alone: nothing was asked, so nothing is proven."""

from penstock.pipeline.probe.choice import Choice
from penstock.pipeline.probe.openapi import Operation, default_of
from penstock.pipeline.probe.paging import (
    LIMITS,
    OFFSETS,
    PAGE_SIZES,
    PAGE_TOTALS,
    PAGES,
    TOKENS,
    TOTALS,
    AnyPaging,
)
from penstock.pipeline.probe.urls import first_of, plain
from penstock.pipeline.spec.model import CursorPaging, NextUrlPaging, NoPaging, OffsetPaging, PageNumberPaging


def described_paging(operation: Operation) -> Choice[AnyPaging]:
    """How to page, from a description alone: its query parameters and the values beside the records."""
    described = list(operation.parameters)
    around = {plain(str(path.parts[-1])): str(path) for path in operation.around}
    page, offset, limit = first_of(described, PAGES), first_of(described, OFFSETS), first_of(described, LIMITS)
    token = first_of(described, [*TOKENS.values(), *TOKENS])
    token_path = next((path for name, path in around.items() if name in map(plain, TOKENS)), None)
    found: AnyPaging = NoPaging()
    if page:
        size = first_of(described, PAGE_SIZES)
        found = PageNumberPaging(
            kind="page_number",
            parameter=page,
            start=0 if default_of(operation.parameters[page]) == "0" else 1,
            total_pages_path=next((around[plain(name)] for name in PAGE_TOTALS if plain(name) in around), None),
            **({"size_parameter": size, "size": _largest(operation, size)} if size else {}),
        )
    elif offset and limit:
        total = next((around[plain(name)] for name in TOTALS if plain(name) in around), None)
        size_ = _largest(operation, limit)
        found = OffsetPaging(kind="offset", parameter=offset, limit_parameter=limit, limit=size_, total_path=total)
    elif token and token_path:
        found = CursorPaging(kind="cursor", parameter=token, path=token_path)
    elif link := next((path for name, path in around.items() if name in ("next", "nexturl", "nextlink")), None):
        found = NextUrlPaging(kind="next_url", path=link)
    said = (
        "The description has no parameters for pages." if isinstance(found, NoPaging) else "The description has them."
    )
    return Choice(found, (said,))


def _largest(operation: Operation, name: str) -> int:
    """A page size that the description allows: 100, or what it says is the most."""
    most = (operation.parameters[name].get("schema") or {}).get("maximum")
    return min(int(most), 100) if isinstance(most, int | float) and most >= 1 else 100
