"""Numbers of the graph as numbers of a page."""


def number(value: str) -> int | float:
    """A decimal as the store writes it, as an integer where it is one."""
    return float(value) if "." in value else int(value)
