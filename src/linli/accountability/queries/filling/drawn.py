"""What is drawn on the sheets of a workbook, which openpyxl would lose or draw anew: taken over as it came.

Everything that a drawing leads to is copied into the package that was written; places of drawings and what charts show
follow inserted rows. What cannot be taken over is named, so that people hear of it before the form goes back.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple

from lxml import etree

from linli.accountability.queries.filling.inserting import Shifts, followed

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
EXCEL: Final = "{http://schemas.microsoft.com/office/excel/2006/main}"
WORKBOOK: Final = "xl/workbook.xml"
INDEX: Final = "[Content_Types].xml"
PICTURES_IN_CELLS: Final = "http://www.wps.cn/officeDocument/2020/cellImage"
# What hangs on a sheet by a relation and stands by itself: drawings, pictures in its header, its background.
HUNG: Final = ("drawing", "legacyDrawingHF", "picture")
# What follows it in a sheet; the order is the standard's.
AFTER: Final = {
    "drawing": frozenset({"legacyDrawing", "legacyDrawingHF", "picture", "tableParts", "extLst"}),
    "legacyDrawingHF": frozenset({"picture", "tableParts", "extLst"}),
    "picture": frozenset({"tableParts", "extLst"}),
    "extLst": frozenset(),
}
# Lists to choose from, colours by condition and small charts in cells, as newer programs write them.
EXTENSIONS: Final = frozenset(
    {
        "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}",
        "{78C0D931-6437-407d-A8EE-F0AAD7539E65}",
        "{05C60535-1F16-4fd2-B693-F4F36F0B64E0}",
    }
)
CONTROLS: Final = (f"{MAIN}controls", f"{MAIN}oleObjects")


class Relation(NamedTuple):
    """How one part leads to another, or to the outside."""

    id: str
    type: str
    target: str
    outside: bool


@dataclass
class Package:
    """The parts of an office file by name."""

    parts: dict[str, bytes]

    @classmethod
    def opened(cls, content: bytes) -> "Package":
        """The package of a file."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return cls({item.filename: archive.read(item) for item in archive.infolist() if not item.is_dir()})

    def packed(self) -> bytes:
        """The file."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return stream.getvalue()

    def xml(self, name: str) -> Any:
        """A part as a tree; nothing outside it is fetched."""
        return etree.fromstring(self.parts[name], etree.XMLParser(resolve_entities=False, no_network=True))

    def put(self, name: str, root: Any) -> None:
        """Write a tree into a part."""
        self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def relations(self, name: str) -> list[Relation]:
        """Where a part leads."""
        held = _relations_of(name)
        if held not in self.parts:
            return []
        return [self._relation(name, item) for item in self.xml(held).iter(f"{RELATION}Relationship")]

    def _relation(self, name: str, item: Any) -> Relation:
        target = item.get("Target", "")
        found = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), target)).lstrip("/")
        outside = item.get("TargetMode") == "External" or found not in self.parts
        return Relation(item.get("Id", ""), item.get("Type", ""), target if outside else found, outside)

    def relate(self, name: str, relations: list[Relation]) -> None:
        """Let a part lead on, besides where it leads already."""
        held = _relations_of(name)
        root = self.xml(held) if held in self.parts else etree.Element(f"{RELATION}Relationships")
        for item in relations:
            target = item.target if item.outside else f"/{item.target}"
            made = etree.SubElement(root, f"{RELATION}Relationship", Id=item.id, Type=item.type, Target=target)
            if item.outside and not target.startswith("#"):
                made.set("TargetMode", "External")
        self.put(held, root)

    def sheets(self) -> dict[str, str]:
        """The part of each sheet by its title."""
        parts = {item.id: item.target for item in self.relations(WORKBOOK)}
        found = self.xml(WORKBOOK).iter(f"{MAIN}sheet")
        return {item.get("name"): parts[item.get(f"{OFFICE}id")] for item in found}

    @cached_property
    def types(self) -> dict[str, str]:
        """The kind of content of parts by name, of others by the ending of the name."""
        index = self.xml(INDEX)
        endings = {f".{item.get('Extension').lower()}": item for item in index.iter(f"{TYPES}Default")}
        named = {item.get("PartName").lstrip("/"): item for item in index.iter(f"{TYPES}Override")}
        return {name: item.get("ContentType") for name, item in {**endings, **named}.items()}

    def type_of(self, name: str) -> str:
        """What kind of content a part holds."""
        return self.types.get(name) or self.types.get(posixpath.splitext(name)[1].lower(), "application/xml")

    def tell(self, name: str, kind: str) -> None:
        """Say in the index what kind of content a new part holds."""
        index = self.xml(INDEX)
        etree.SubElement(index, f"{TYPES}Override", PartName=f"/{name}", ContentType=kind)
        self.put(INDEX, index)


def _relations_of(name: str) -> str:
    folder, own = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{own}.rels")


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def losses(content: bytes) -> tuple[str, ...]:
    """What of a workbook cannot go back: tick boxes, buttons and embedded objects, and a signature of what it was."""
    package = Package.opened(content)
    sheets = (package.xml(part) for part in package.sheets().values())
    controls = any(next(sheet.iter(*CONTROLS), None) is not None for sheet in sheets)
    signed = any(name.startswith("_xmlsignatures/") for name in package.parts)
    return tuple(code for code, held in (("controls", controls), ("signature", signed)) if held)


def taken_over(came: bytes, written: bytes, shifts: dict[str, Shifts]) -> bytes:
    """The workbook that was written, with what was drawn on the one that came."""
    taking = _Taking(Package.opened(came), Package.opened(written), shifts)
    fresh = taking.new.sheets()
    for title, part in taking.old.sheets().items():
        if title in fresh:
            taking.sheet(title, part, fresh[title])
    images = [item for item in taking.old.relations(WORKBOOK) if item.type == PICTURES_IN_CELLS and not item.outside]
    taking.new.relate(WORKBOOK, [taking.lead(item, "") for item in images])
    return taking.new.packed()


@dataclass
class _Taking:
    """Taking parts of one package over into another."""

    old: Package
    new: Package
    shifts: dict[str, Shifts]
    done: dict[str, str] = field(default_factory=dict)

    def sheet(self, title: str, part: str, into: str) -> None:
        """Take over what is drawn on a sheet, and what newer programs add to it."""
        came = self.old.xml(part)
        hung = list(self._hung(came, part, title))
        extensions = self._extensions(came, title)
        if not hung and extensions is None:
            return
        root = self.new.xml(into)
        for name, relation in hung:
            _enter(root, name, etree.Element(f"{MAIN}{name}", {f"{OFFICE}id": relation.id}))
        if extensions is not None:
            _enter(root, "extLst", extensions)
        self.new.put(into, root)
        self.new.relate(into, [relation for _name, relation in hung])

    def _hung(self, came: Any, part: str, title: str) -> Iterator[tuple[str, Relation]]:
        known = {item.id: item for item in self.old.relations(part)}
        for child in came:
            relation = known.get(child.get(f"{OFFICE}id", "")) if _local(child) in HUNG else None
            if relation is not None and not relation.outside:
                yield _local(child), self.lead(relation, title)

    def lead(self, relation: Relation, title: str) -> Relation:
        """The relation to a part that was taken over."""
        return relation._replace(id=f"kept{relation.id}", target=self.take(relation.target, title))

    def take(self, name: str, title: str) -> str:
        """Take over a part and all that it leads to; returns its name here."""
        if name in self.done:
            return self.done[name]
        folder, own = posixpath.split(name)
        while (fresh := posixpath.join(folder, own)) in self.new.parts:
            own = f"kept-{own}"
        self.done[name] = fresh
        self.new.parts[fresh] = self._moved(name, title)
        self.new.tell(fresh, self.old.type_of(name))
        relations = self.old.relations(name)
        led = [item if item.outside else item._replace(target=self.take(item.target, title)) for item in relations]
        if led:
            self.new.relate(fresh, led)
        return fresh

    def _moved(self, name: str, title: str) -> bytes:
        """A part whose places and references follow inserted rows; byte for byte where nothing was inserted."""
        if not any(self.shifts.values()) or not name.endswith(".xml"):
            return self.old.parts[name]
        root = self.old.xml(name)
        for row in root.iter(f"{DRAWN}row"):
            row.text = str(int(row.text) + sum(count for after, count in self.shifts[title] if int(row.text) > after))
        for formula in root.iter(f"{CHART}f"):
            formula.text = followed(formula.text or "", "", self.shifts)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def _extensions(self, came: Any, title: str) -> Any:
        """Additions to a sheet that need nothing else, their cells following inserted rows; None without any."""
        held = next((child for child in came if _local(child) == "extLst"), None)
        if held is None:
            return None
        for child in list(held):
            if child.get("uri") not in EXTENSIONS:
                held.remove(child)
        for name in ("sqref", "f"):
            for item in held.iter(f"{EXCEL}{name}"):
                item.text = followed(item.text or "", title, self.shifts)
        return held if len(held) else None


def _enter(root: Any, name: str, element: Any) -> None:
    """Put an element where the standard wants it."""
    place = next((number for number, child in enumerate(root) if _local(child) in AFTER[name]), len(root))
    root.insert(place, element)
