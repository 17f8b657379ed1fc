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
_LONG = re.compile(r"-?\d+\.\d{3,}")
_FACE = re.compile(r"font-family:[^;]*;?|text-anchor:start;?|stroke-dashoffset:0;?")
_BESIDE = re.compile(r"#[\w-]+|(\.\./)?([\w-]+/)*[\w-]+\.(html|pdf)(#[\w-]+)?")
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


def _names(root: ElementTree.Element) -> set[str]:
    """Return the identifiers that something in the drawing refers to."""
    values = [(name, value) for part in root.iter() for name, value in part.attrib.items()]
    used = {value[1:] for name, value in values if name in (_XLINK, "href") and value.startswith("#")}
    return used | {found for _, value in values for found in _REFERENCE.findall(value)}


def _rename(root: ElementTree.Element, prefix: str) -> None:
    """Number the identifiers in use under a prefix of the page's, so that clip paths of two drawings do not collide."""
    used = _names(root)
    order = [part.get("id", "") for part in root.iter() if part.get("id") in used]
    new = {old: f"{prefix}{number}" for number, old in enumerate(dict.fromkeys(order))}
    for part in root.iter():
        for name, value in list(part.attrib.items()):
            if name == "id" and value not in new:
                del part.attrib[name]
            elif name == "id":
                part.set(name, new[value])
            elif name in (_XLINK, "href") and value.startswith("#"):
                part.set(name, f"#{new.get(value[1:], '')}")
            elif "url(" in value:
                part.set(name, _REFERENCE.sub(lambda match: f"url(#{new.get(match[1], '')})", value))


def _flatten(element: ElementTree.Element) -> None:
    """Take children out of groups that say nothing; drawing programs write hundreds."""
    children: list[ElementTree.Element] = []
    for child in element:
        _flatten(child)
        children += list(child) if child.tag == f"{{{NAMESPACE}}}g" and not child.attrib else [child]
    element[:] = children


def _round(root: ElementTree.Element) -> None:
    """Write coordinates to a hundredth of a point, which no eye and no printer tells apart."""
    for part in root.iter():
        for name in ("d", "x", "y", "points", "transform"):
            if name in part.attrib:
                part.set(name, _LONG.sub(_short, part.attrib[name]).strip())


def _short(match: re.Match[str]) -> str:
    return f"{float(match[0]):.2f}".rstrip("0").rstrip(".")


def _slim(root: ElementTree.Element, prefix: str) -> None:
    _rename(root, prefix)
    _flatten(root)
    _round(root)


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
    _slim(root, "d")
    return _write(root)


def inline(source: str, key: str, title: str, description: str, colours: Mapping[str, str],
           links: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return the drawing to stand inside a page, as one image with a name and a description.

    A drawing with links is a group of them instead: a reader of the screen finds each under what it says.

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
    links : mapping, optional
        Where groups of the drawing lead, by their identifiers: `{"href", "text"}`. Only pages beside this one and
        its own parts; links that the drawing itself brings are dropped.
    """
    root = read(source)
    leading = _link(root, links or {})
    _slim(root, f"{key}-")
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
    root.attrib |= {"role": "group" if leading else "img",
                    "aria-labelledby": f"{key}-title {key}-desc", "stroke-linejoin": "round"} | box
    return _write(root)


def _link(root: ElementTree.Element, links: Mapping[str, Mapping[str, str]]) -> int:
    """Turn groups into links and return how many; one without words is hidden from keyboard and screen reader."""
    made = 0
    for group in [one for one in root.iter(f"{{{NAMESPACE}}}g") if one.get("id") in links]:
        link = links[group.attrib.pop("id")]
        if _BESIDE.fullmatch(link["href"]):
            group.tag = f"{{{NAMESPACE}}}a"
            group.attrib |= {"href": link["href"]} | (
                {"aria-label": link["text"]} if link["text"] else {"tabindex": "-1", "aria-hidden": "true"})
            made += 1
    return made


def _follow(root: ElementTree.Element, colours: Mapping[str, str]) -> None:
    """Write colours of the palette as variables, in `style` attributes; the page says what face text has."""
    def variable(match: re.Match[str]) -> str:
        name = colours.get(match[0].lower())
        return f"var(--{name})" if name else match[0]

    for part in root.iter():
        for name in ("fill", "stroke"):
            if _COLOUR.fullmatch(part.get(name, "")):
                part.set("style", f"{name}:{part.attrib.pop(name)};{part.get('style', '')}")
        if "style" in part.attrib:
            style = _FACE.sub("", re.sub(r"([:;])\s+", r"\1", part.get("style", "")))
            part.set("style", _COLOUR.sub(variable, style))
        elif part.tag.endswith("}text") and "fill" not in part.attrib:
            part.set("style", "fill:currentColor")
