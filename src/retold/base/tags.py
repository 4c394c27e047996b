"""Language tags as they come, and the two letters by which a language is known here."""

from __future__ import annotations

import re
from functools import cache

SUBTAG = re.compile(r"[-_,;\s]")


@cache
def longer_codes() -> dict[str, str]:
    """ISO 639-2 and 639-3 codes (both forms where there are two, members of a macrolanguage too) and withdrawn ones, with their
    ISO 639-1 code; from CLDR."""
    from babel.core import get_global  # 40 ms, late: most commands read no article

    bases = {code: str(usual).split("_")[0] for code, usual in get_global("language_aliases").items()}
    return {code: usual for code, usual in bases.items() if len(usual) == 2}


def language_code(tag: str) -> str:
    """A language tag, of two or three letters, with region or script, as ISO 639-1; "" when it is none or the language has none.

    >>> [language_code(tag) for tag in ("pt_BR", "deu", "GER", "cmn-Hans", "slv", "klingon", "und", "")]
    ['pt', 'de', 'de', 'zh', 'sl', '', '', '']
    """
    code = SUBTAG.split(tag.strip().lower(), maxsplit=1)[0]
    if not code.isascii() or not code.isalpha() or len(code) not in (2, 3):
        return ""
    code = longer_codes().get(code, code)
    return code if len(code) == 2 else ""
