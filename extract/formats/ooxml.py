"""The XML of Office files: elements by their names without namespace, since the format's strict variant has others."""

from collections.abc import Iterator

from lxml import etree


def children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The child elements of that name."""
    return (each for each in parent if local_name(each) == name)


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """The first child element of that name."""
    return next(children(parent, name), None)


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace; "" for a comment or processing instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    return next((str(content) for key, content in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def value(element: etree._Element | None) -> str | None:
    """What Word keeps in the attribute `val` of a property's element."""
    return attribute(element, "val") if element is not None else None
