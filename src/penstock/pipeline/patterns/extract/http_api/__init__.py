"""The pattern `extract/http_api`: a handler that lands what an HTTP API answers."""

from collections.abc import Mapping, Sequence

from penstock.errors import Finding
from penstock.pipeline.patterns import Context
from penstock.pipeline.patterns.extract.http_api.checks import check_files
from penstock.pipeline.patterns.extract.http_api.render import render_files


class HttpApi:
    """Writes the handler of a provider's datasets into `extract/`."""

    name = "extract/http_api"

    def render(self, context: Context) -> Mapping[str, str]:
        """The text of each file, by its path in the project."""
        return render_files(context.spec)

    def check(self, files: Mapping[str, str]) -> Sequence[Finding]:
        """What is wrong with the handler's files, as they stand in a project."""
        return check_files(files)


PATTERN = HttpApi()
