"""A drawing as the reports need it: self-contained, named, described and free of scripts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

NAMESPACE = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_DRAWN = frozenset((
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "clipPath", "mask", "marker", "linearGradient", "radialGradient", "stop", "pattern", "image"))
_REFERENCE = re.compile(r"url\(\s*#([^)\s]+)\s*\)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")


def read(source: str) -> ElementTree.Element:
    """Read a drawing and keep only what draws: no scripts, styles, handlers, links or other hosts.

    Raises
    ------
    ValueError
        If the text is not an SVG drawing.
    """
    try:
        root = ElementTree.fromstring(source)
    except ElementTree.ParseError as error:
        raise ValueError(f"not a drawing: {error}") from error
    if root.tag != f"{{{NAMESPACE}}}svg":
        raise ValueError(f"not a drawing: the first element is {root.tag}")
    _clean(root)
    return root


def _clean(element: ElementTree.Element) -> None:
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag.removeprefix(f"{{{NAMESPACE}}}") not in _DRAWN:
            element.remove(child)
        else:
            _clean(child)
    for name, value in list(element.attrib.items()):
        target = name in (_XLINK, "href") and not value.startswith(("#", "data:image/"))
        outside = "url(" in value and not _REFERENCE.search(value)
        if target or outside or name.startswith("on") or (name.startswith("{") and name != _XLINK):
            del element.attrib[name]


def _rename(element: ElementTree.Element, prefix: str) -> None:
    """Prefix every identifier, so that the clip paths of two drawings on one page do not collide."""
    for part in element.iter():
        for name, value in part.attrib.items():
            if name == "id":
                part.set(name, f"{prefix}-{value}")
            elif name in (_XLINK, "href") and value.startswith("#"):
                part.set(name, f"#{prefix}-{value[1:]}")
            elif "url(" in value:
                part.set(name, _REFERENCE.sub(rf"url(#{prefix}-\1)", value))


def _drop_unused(element: ElementTree.Element) -> None:
    """Remove identifiers that nothing refers to; drawing programs write hundreds."""
    used = {value[1:] for part in element.iter() for name, value in part.attrib.items()
            if name in (_XLINK, "href") and value.startswith("#")}
    used |= {name for part in element.iter() for value in part.attrib.values() for name in _REFERENCE.findall(value)}
    for part in element.iter():
        if part.get("id") not in used:
            part.attrib.pop("id", None)


def _write(root: ElementTree.Element) -> str:
    ElementTree.register_namespace("", NAMESPACE)
    ElementTree.register_namespace("xlink", _XLINK[1:].split("}")[0])
    return re.sub(r">\s*\n\s*<", "><", ElementTree.tostring(root, encoding="unicode"))


def standalone(source: str) -> str:
    """Return the drawing for a compiler that shows it by itself.

    Examples
    --------
    >>> standalone('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script/><path d="M0 0"/></svg>')
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0" /></svg>'
    """
    root = read(source)
    _drop_unused(root)
    return _write(root)


def inline(source: str, key: str, title: str, description: str, colours: Mapping[str, str]) -> str:
    """Return the drawing to stand inside a page, as one image with a name and a description.

    Parameters
    ----------
    source : str
        SVG text.
    key : str
        What makes its identifiers unique on the page.
    title, description : str
        What a screen reader says.
    colours : mapping
        From hexadecimal colour to CSS variable, so that the drawing follows a dark page.
    """
    root = read(source)
    _drop_unused(root)
    _rename(root, key)
    width = root.attrib.pop("width", "")
    root.attrib.pop("height", "")
    root.attrib.pop("version", None)
    _follow(root, colours)
    for name, text in (("desc", description), ("title", title)):
        label = ElementTree.Element(f"{{{NAMESPACE}}}{name}", {"id": f"{key}-{name}"})
        label.text = text
        root.insert(0, label)
    points = re.fullmatch(r"([\d.]+)(pt|px)?", width)
    box = {"style": f"max-width:{float(points[1]) * (4 / 3 if points[2] == 'pt' else 1):.0f}px"} if points else {}
    root.attrib |= {"role": "img", "aria-labelledby": f"{key}-title {key}-desc", "stroke-linejoin": "round"} | box
    return _write(root)


def _follow(root: ElementTree.Element, colours: Mapping[str, str]) -> None:
    """Write colours of the palette as variables, in `style` attributes, where variables are understood."""
    def variable(match: re.Match[str]) -> str:
        name = colours.get(match[0].lower())
        return f"var(--{name})" if name else match[0]

    for part in root.iter():
        for name in ("fill", "stroke"):
            if _COLOUR.fullmatch(part.get(name, "")):
                part.set("style", f"{name}:{part.attrib.pop(name)};{part.get('style', '')}")
        if "style" in part.attrib:
            part.set("style", _COLOUR.sub(variable, re.sub(r"([:;])\s+", r"\1", part.get("style", ""))))
        elif part.tag.endswith("}text") and "fill" not in part.attrib:
            part.set("style", "fill:currentColor")
