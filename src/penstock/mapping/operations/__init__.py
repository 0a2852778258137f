"""The catalogue of operations, one function each; a module is found by being here."""
