"""Names in ledgers as places: county, street, community, compound, building and grid together find one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext_lazy as _

from linli.records import profiles
from linli.records.ledgers import names
from linli.records.resolving import NamePart, Nearest, Unresolved, register_resolver
from linli.records.sections import PlaceSection
from linli.territory.models import Place

GROUPS = ("county", "street", "community", "compound", "building", "grid")
BY_LENGTH = {2: "province", 4: "city", 6: "county", 9: "street", 12: "community"}


@dataclass(frozen=True, slots=True)
class Node:
    """What the index keeps of a place."""

    id: int
    group: str
    name: str
    code: str
    path: str
    grid_path: str
    live: bool


class PlaceResolver:
    """An in-memory index of all places by level, name and code."""

    types = frozenset({"division", "compound", "building", "grid"})

    def __init__(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Read all places anew."""
        self.by_key: dict[tuple[str, str], list[Node]] = {}
        self.by_code: dict[str, list[Node]] = {}
        self.names: dict[str, list[Node]] = {group: [] for group in ("province", "city", *GROUPS)}
        self.by_id: dict[int, Node] = {}
        fields = ("id", "type", "name", "code", "path", "grid_path", "until")
        for pk, kind, name, code, path, above, until in Place.objects.filter(placeholder=False).values_list(*fields):
            group = kind if kind != Place.Type.DIVISION else BY_LENGTH.get(len(code), "community")
            self._add(Node(pk, group, name, code, path, above, until is None))
        self._add_former()
        self.root = self._root()
        self.suggested: dict[tuple[str, str, int], tuple[str, ...]] = {}
        self.prefixes = {group: {node.name for node in nodes} for group, nodes in self.names.items()}

    def _add(self, node: Node) -> None:
        self.by_id[node.id] = node
        if node.code:
            self.by_code.setdefault(node.code, []).append(node)
        self.names.setdefault(node.group, []).append(node)
        for key in names.place_keys(node.name):
            self.by_key.setdefault((node.group, key), []).append(node)

    def _add_former(self) -> None:
        """Offices go on writing the old name for years; it leads to the place unless another bears it now."""
        for pk, extra in Place.objects.filter(extra__has_key="former").values_list("id", "extra"):
            node = self.by_id.get(pk)
            for former in extra["former"] if node else ():
                for key in names.place_keys(former.get("name", "")):
                    known = self.by_key.setdefault((node.group, key), []) if node else []
                    if node and not any(other.live for other in known):
                        known.append(node)

    def _root(self) -> Node | None:
        code = profiles.current().section(PlaceSection).root
        found = self.by_code.get(code) if code else self.names.get("county")
        return found[0] if found else None

    def resolve(self, parts: Mapping[str, str], ref: str) -> int | Unresolved | None:
        """The place meant; the root division where nothing is said; see `records.resolving`."""
        if ref:
            return self._single(ref, parts)
        if not parts:
            return self.root.id if self.root else None
        if "code" in parts:
            found = self.by_code.get(parts["code"])
            return found[0].id if found else Unresolved("reference.unknown_place", "code", parts["code"])
        if "" in parts or "any" in parts:
            return self._anywhere(parts.get("") or parts["any"])
        scope: Node | None = None
        for group in GROUPS:
            if group in parts:
                step = self._step(group, parts[group], scope)
                if isinstance(step, Unresolved):
                    return step
                scope = step
        return scope.id if scope else None

    def create(self, names: Sequence[str], ref: str) -> None:
        """Places are never made from a mere name."""

    def where(self, found: int | None) -> tuple[str, str]:
        """The paths of a place; those of the root for none."""
        node = self.by_id.get(found) if found else self.root
        return (node.path, node.grid_path) if node else ("", "")

    def _step(self, group: str, name: str, scope: Node | None) -> Node | Unresolved:
        candidates = self._candidates(group, name, scope)
        if not candidates and scope is None and self.root and group in ("county", "street"):
            keys = set(names.place_keys(name))
            if keys & set(names.place_keys(self.root.name)):
                return self.root
        if len(candidates) == 1:
            return candidates[0]
        if not candidates:
            return Unresolved("reference.unknown_place", group, name, self._nearest(group, name, scope))
        return Unresolved("reference.ambiguous_place", group, name)

    def _candidates(self, group: str, name: str, scope: Node | None) -> list[Node]:
        within = scope.path if scope else (self.root.path if self.root else "/")
        coded = [node for node in self.by_code.get(name, ()) if node.group == group]
        if coded:
            return coded
        for text in chain((name,), self._without_parents(name, group)):
            for key in names.place_keys(text):
                nodes = [node for node in self.by_key.get((group, key), ()) if node.path.startswith(within)]
                if nodes:
                    return _plainest(nodes, text)
        return []

    def _without_parents(self, name: str, group: str) -> Iterable[str]:
        """The name without the names of the county, street or community that stand before it."""
        bare = "".join(name.split())
        for above in ("province", "city", *GROUPS[: GROUPS.index(group)]):
            # A name is short and the places of a city are many: what it begins with is looked up, not searched for.
            cut = next((end for end in range(len(bare), 0, -1) if bare[:end] in self.prefixes[above]), 0)
            if 0 < cut < len(bare):
                bare = bare[cut:]
                yield bare

    def _nearest(self, group: str, name: str, scope: Node | None) -> Nearest:
        return Nearest(lambda: self._suggest(group, name, scope))

    def _suggest(self, group: str, name: str, scope: Node | None) -> tuple[str, ...]:
        memo = (group, name, scope.id if scope else 0)
        if memo not in self.suggested:
            within = scope.path if scope else "/"
            known = [node.name for node in self.names.get(group, ()) if node.path.startswith(within)]
            self.suggested[memo] = tuple(names.nearest(name, known))
        return self.suggested[memo]

    def _single(self, ref: str, parts: Mapping[str, str]) -> int | Unresolved | None:
        """A reference to one place of a type, by code or by name."""
        text = next(iter(parts.values()), "")
        if not text:
            return None
        step = self._step(ref, text, None)
        return step if isinstance(step, Unresolved) else step.id

    def _anywhere(self, name: str) -> int | Unresolved:
        for group in GROUPS:
            step = self._candidates(group, name, None)
            if len(step) == 1:
                return step[0].id
        return Unresolved("reference.unknown_place", "", name, self._nearest("community", name, None))


def _plainest(nodes: list[Node], name: str) -> list[Node]:
    """Of several that fit, those still in being, then those of exactly this name."""
    unique = list({node.id: node for node in nodes}.values())
    live = [node for node in unique if node.live] or unique
    exact = [node for node in live if node.name == name]
    return exact if len(exact) == 1 else live


register_resolver(
    "place",
    PlaceResolver,
    (
        NamePart("county", _("county"), "区县|县区|县(市、区)|县市区|所属区县"),
        NamePart("street", _("street"), "街道|乡镇|镇街|乡镇街道|街道(乡镇)|所属街道|乡镇(街道)"),
        NamePart("community", _("community"), "社区|村社区|村(社区)|社区(村)|所属社区|所在社区"),
        NamePart("compound", _("compound"), "小区|小区名称|院落|所在小区|小区(院落)"),
        NamePart("building", _("building"), "楼栋|楼号|楼幢|楼栋号"),
        NamePart("grid", _("grid"), "网格|所属网格|所在网格|网格编号"),
        NamePart("code", _("code"), "区划代码|社区代码"),
    ),
)
