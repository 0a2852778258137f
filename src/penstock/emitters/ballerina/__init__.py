"""Mappings as Ballerina functions, with the types that they go between."""

from penstock.emitters import Emission, Options
from penstock.mapping.typed import TypedMapping


class BallerinaEmitter:
    """Writes a function that gives the mapped record, or an error that names a path and the reason of its reject."""

    target = "ballerina"

    def emit(self, mapping: TypedMapping, options: Options) -> Emission:  # noqa: ARG002  # all emitters have options
        """A mapping as two files of a module: the function, and its types.

        Raises:
            UnsupportedOperationError: Ballerina cannot do what the mapping asks for.
        """
        from penstock.emitters.ballerina.module import write_module

        return write_module(mapping)


emitter = BallerinaEmitter()
