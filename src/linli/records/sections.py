"""The profile sections that the spine itself owns: the place, its vocabularies, added dimensions, import maps."""

from datetime import date
from typing import Any, Literal

from pydantic import Field, field_validator

from linli.records.profiles import Labelled, Part


class Level(Labelled):
    """A level of division by the name it has here; `length` is the number of digits of its codes."""

    length: int


class PlaceSection(Part):
    """`place.yaml`: what the installation is called and which division is its root."""

    name: str = "Linli"
    name_en: str = "Linli"
    root: str = ""
    filing_number: str = ""
    # The SHA-256 of a picture in the file store, shown beside the name.
    logo: str = Field(default="", pattern="^([0-9a-f]{64})?$", json_schema_extra={"widget": "picture"})
    levels: tuple[Level, ...] = ()
    as_of: date | None = None


class AddedDimension(Labelled):
    """A dimension that the place adds to a record type; never on persons."""

    type: Literal["choice", "flag", "text", "number", "date", "list"] = "choice"
    choices: tuple[Labelled, ...] = ()


class DimensionsSection(Part):
    """`dimensions.yaml`: added dimensions by record type."""

    added: dict[str, tuple[AddedDimension, ...]] = Field(default_factory=dict)


class VocabulariesSection(Part):
    """`vocabularies.yaml`: the place's words for kinds and levels, by vocabulary (e.g. `case.category`)."""

    words: dict[str, tuple[Labelled, ...]] = Field(default_factory=dict)


class Source(Part):
    """Where a column's value comes from in the ledger: a header, with values translated, or a constant.

    `from` may list several headers: the first that is not empty counts. `record` takes the record that the same
    row made of that type. With `unknown: text` a part of a place that is not known (a grid that is not drawn yet) is
    kept as text and the place is the one above.
    """

    header: str | tuple[str, ...] = Field(default="", alias="from")
    values: dict[str, Any] = Field(default_factory=dict)
    default: Any = None
    split: str = ""
    record: str = ""
    unknown: Literal["", "text"] = ""


class MappedRecord(Part):
    """One record that a row makes: its type, where each column's value is found, and when it applies.

    `when` maps a header to the value or values it must have; `present` asks only that it is not empty.
    """

    type: str
    columns: dict[str, str | Source] = Field(default_factory=dict)
    constants: dict[str, Any] = Field(default_factory=dict)
    when: dict[str, Any] = Field(default_factory=dict)
    key: tuple[str, ...] = ()
    unknown: dict[str, Literal["reject", "create", "text"]] = Field(default_factory=dict)


class Signature(Part):
    """How a map knows its tables: text in the title, sheet or file name, and headers that must be there."""

    title: str | tuple[str, ...] = ()
    sheet: str | tuple[str, ...] = ()
    file: str | tuple[str, ...] = ()
    headers: tuple[str, ...] = ()

    @field_validator("title", "sheet", "file")
    @classmethod
    def _as_tuple(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        return (value,) if isinstance(value, str) else value


class ImportMap(Part):
    """Which ledger layout becomes which record types: flat data, no expressions.

    `key` headers tell one row from another (a repeated key is a duplicate); `running` headers are mere counters
    and are ignored when rows are compared; `planned` headers hold dates that may lie in the future.
    `later` names the record type of a ledger that is known but cannot be kept yet.
    """

    id: str
    signature: Signature
    label: str = ""
    required: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    running: tuple[str, ...] = ("序号", "编号序号", "No.", "NO", "行号")
    planned: tuple[str, ...] = ()
    records: tuple[MappedRecord, ...] = ()
    later: str = ""


class ImportsSection(Part):
    """`imports.yaml` or `imports/*.yaml`: the import maps of the place."""

    maps: tuple[ImportMap, ...] = ()
