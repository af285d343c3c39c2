"""Full-text search in Chinese without a dictionary: pairs of characters in a tsvector.

A stretch of Chinese is found by any part of it, exactly as a substring; words in Latin letters and digits are
found whole, the last one typed also by its beginning. Which rows may be found is a policy's business.
"""

import re
import unicodedata
from operator import add
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery

# Ideographs with their rare planes, radicals, kana, bopomofo and hangul: scripts written without spaces.
_CJK: Final = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
# A stretch of such a script, or a word of any other.
_TOKEN: Final = re.compile(rf"([{_CJK}]+)|([^\W_{_CJK}]+)")
_IS_CJK: Final = re.compile(rf"[{_CJK}]")
# PostgreSQL keeps positions up to 16383 and lexemes up to 2 kB; what lies beyond is not searched.
_POSITIONS: Final = 16_000
_WORD: Final = 200


def bigrams(text: str) -> str:
    """The lexemes of a text in order, with spaces between them.

    A stretch of Chinese becomes its pairs of characters and its last character: 幸福里 gives 幸福 福里 里.
    So every character begins a lexeme, and even one is found by prefix.
    """
    return " ".join(_lexemes(text))


def vector(*texts: str) -> str:
    """The value of a SearchVectorField for these texts, as PostgreSQL's own notation of a tsvector.

    It fits a model's field, `update` and COPY alike. No phrase is found across two texts.
    """
    places: dict[str, str] = {}
    begin = 1
    for text in texts:
        lexemes = _lexemes(text)
        for place, lexeme in enumerate(lexemes[: max(0, _POSITIONS + 1 - begin)], begin):
            places[lexeme] = f"{places[lexeme]},{place}" if lexeme in places else str(place)
        begin += len(lexemes) + 1
    # Letters, digits and ideographs need no quoting inside the quotation marks.
    return " ".join([f"'{lexeme}':{at}" for lexeme, at in places.items()])


def query(text: str) -> "WrittenQuery":
    """What a person typed, for `filter(search=query(text))`.

    Parts between spaces must all be found, in any order; each part as it stands. Text without a single
    letter, digit or ideograph finds nothing.
    """
    return WrittenQuery(" & ".join(filter(None, (_phrase(part) for part in _normal(text).split()))))


class WrittenQuery(SearchQuery):
    """A tsquery that is written out already, so that no parser or locale can change it."""

    def __init__(self, written: str) -> None:
        super().__init__(written, search_type="raw")
        self.written = written

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> Any:
        """The cast of the written query."""
        return "%s::tsquery", [self.written]


def _normal(text: str) -> str:
    """One width, one case, compatibility characters unified."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _lexemes(text: str) -> list[str]:
    found: list[str] = []
    for stretch, word in _TOKEN.findall(_normal(text)):
        if stretch:
            found += map(add, stretch, stretch[1:])
            found.append(stretch[-1])
        else:
            found.append(word[:_WORD])
    return found


def _phrase(part: str) -> str:
    """One part of a query: its lexemes side by side, open at the end."""
    lexemes = _lexemes(part)
    if not lexemes:
        return ""
    if len(lexemes) > 1 and len(lexemes[-2]) > 1 and _IS_CJK.match(lexemes[-2]) and _IS_CJK.match(lexemes[-1]):
        # A stretch of Chinese at the end may go on in the text, so its last character is not asked for alone.
        return "(" + " <-> ".join(_quoted(lexeme) for lexeme in lexemes[:-1]) + ")"
    return "(" + " <-> ".join(map(_quoted, lexemes)) + ":*)"


def _quoted(lexeme: str) -> str:
    return f"'{lexeme}'"
