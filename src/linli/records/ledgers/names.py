"""Names of places and organisations in comparable forms: width, suffixes, numerals, county prefixes."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

NUMERALS = str.maketrans("零〇一二三四五六七八九", "00123456789")
SUFFIXES = (
    "社区居民委员会",
    "居民委员会",
    "村民委员会",
    "社区居委会",
    "居委会",
    "村委会",
    "街道办事处",
    "街道办",
    "人民政府",
    "办事处",
)
STRIPPED = {
    "社区居民委员会": "社区",
    "社区居委会": "社区",
    "街道办事处": "街道",
    "街道办": "街道",
    "村民委员会": "村",
    "村委会": "村",
}
ENDINGS = ("社区", "村", "街道", "镇", "乡", "地区")


def plain(name: str) -> str:
    """A name without white space and in narrow characters."""
    return "".join(unicodedata.normalize("NFKC", name).split())


@lru_cache(maxsize=200_000)
def place_keys(name: str) -> tuple[str, ...]:
    """The forms under which a place is found, the plainest first."""
    bare = plain(name)
    keys = [bare]
    for suffix in SUFFIXES:
        if bare.endswith(suffix) and len(bare) > len(suffix):
            stem = bare[: -len(suffix)]
            ending = STRIPPED.get(suffix, "")
            keys += [stem if stem.endswith(ENDINGS) else stem + ending, stem]
            break
    keys += [
        key + "社区" for key in keys if not key.endswith((*ENDINGS, *SUFFIXES, "区", "县", "市", "号楼"))
    ]
    keys += [key.translate(NUMERALS) for key in keys if key != key.translate(NUMERALS)]
    return tuple(dict.fromkeys(key for key in keys if key))


@lru_cache(maxsize=200_000)
def organization_keys(name: str, places: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The forms under which an organisation is found, with and without the county's name before it."""
    bare = re.sub(r"[“”\"'‘’《》]", "", plain(name)).replace("(", "(").replace(")", ")")
    keys = [plain(name), bare]
    for place in places:
        short = place[:-1] if len(place) > 2 else place
        for prefix in (place, short + "县", short + "区", short + "市"):
            if bare.startswith(prefix) and len(bare) > len(prefix) + 1:
                keys.append(bare[len(prefix) :])
    return tuple(dict.fromkeys(keys))


def nearest(name: str, choices: Sequence[str] | Iterable[str], count: int = 3) -> list[str]:
    """The known names most like this one."""
    known = list(dict.fromkeys(choices))[:3000]
    return difflib.get_close_matches(plain(name), known, n=count, cutoff=0.5)
