"""Names of places and organisations in comparable forms: width, suffixes, numerals, county prefixes."""

import difflib
import heapq
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

NUMERALS = str.maketrans("零〇一二三四五六七八九", "00123456789")
SUFFIX = re.compile(
    r"(社区)?(?:居民)?(?:管理)?(?:委员会|居委会)$|(村)民委员会$|(村)委会$|(街道)(?:办事处|办)$|(镇|乡)?人民政府$|办事处$"
)
CLOSELY = 200
ENDINGS = ("社区", "村", "街道", "镇", "乡", "地区", "区", "县", "市", "号楼", "网格")


def plain(name: str) -> str:
    """A name without white space and in narrow characters."""
    return "".join(unicodedata.normalize("NFKC", name).split())


@lru_cache(maxsize=200_000)
def place_keys(name: str) -> tuple[str, ...]:
    """The forms under which a place is found, the plainest first."""
    bare = plain(name)
    keys = [bare]
    match = SUFFIX.search(bare)
    if match and match.start() > 0:
        stem = bare[: match.start()]
        ending = next((group for group in match.groups() if group), "")
        keys += [stem if stem.endswith(ending or "社区") else stem + ending, stem, stem + ending]
    if not bare.endswith(ENDINGS) and not match:
        keys.append(bare + "社区")
    return tuple(dict.fromkeys(key for key in (*keys, *(key.translate(NUMERALS) for key in keys)) if key))


QUOTES = re.compile(r"[“”\"'‘’《》]")


def _unquoted(name: str) -> str:
    """A name without its quotes; one that opens or closes a quote alone is not sure to be that name, and keeps them."""
    paired = all(name.count(opens) == name.count(closes) for opens, closes in ("“”", "‘’", "《》"))
    return QUOTES.sub("", name) if paired and name.count('"') % 2 == 0 and name.count("'") % 2 == 0 else name


@lru_cache(maxsize=200_000)
def organization_keys(name: str, places: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The forms under which an organisation is found, with and without the county's name before it."""
    bare = _unquoted(plain(name)).replace("(", "(").replace(")", ")")
    keys = [plain(name), bare]
    for place in places:
        short = place[:-1] if len(place) > 2 else place
        prefixes = (place, short + "县", short + "区", short + "市")
        keys += [bare[len(prefix) :] for prefix in prefixes if bare.startswith(prefix) and len(bare) > len(prefix) + 1]
    return tuple(dict.fromkeys(keys))


def nearest(name: str, choices: Sequence[str] | Iterable[str], count: int = 3) -> list[str]:
    """The known names most like this one, the most alike first.

    Comparing closely is slow, so only those that share most characters with the name are compared closely.
    """
    wanted = plain(name)
    characters = set(wanted)
    shared = {known: len(characters & set(known)) for known in choices}
    likely = heapq.nlargest(CLOSELY, (known for known in shared if shared[known]), key=shared.__getitem__)
    return difflib.get_close_matches(wanted, likely, n=count, cutoff=0.5)
