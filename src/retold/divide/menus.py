"""Menus: sections and buttons between separators, breadcrumb trails, codes of languages."""

from __future__ import annotations

import re

from retold.divide.lines import Line
from retold.divide.marks import Bearing, marks
from retold.divide.pages import Page
from retold.lexicons import LANGUAGES, lexicon

SEPARATOR = re.compile(r"\s*[|¦｜]\s*|\s+[>›→·•/]\s+|\s+»\s+(?!.*«)|\t+| {2,}|\u3000+")
DIVIDER = re.compile("[|¦｜>›→·•»\\t\u3000]| / ")  # one of them, or two spaces, stands in every separator
CRUMB = re.compile(r"\s[>›»→]\s|[｜|]|＞|＞")  # "Ana Roth / GAZETTE" is no trail
CODES = frozenset((*LANGUAGES, "ua", "eng", "укр", "рус", "deu", "fra", "esp", "cz", "cn", "jp", "br", "kz", "中文", "日本語"))
ANY_SEPARATOR = re.compile(r"\s*[|¦｜/>›»→·•・*＞＞▸]\s*|\s+[-–—]\s+|\t+| {2,}|\u3000+")
UNSPACED_SEPARATOR = re.compile(r"[\s|¦｜/>›»→·•・*＞–—-]+")
MOST_IN_PIECE = 3  # words of a section's name
NONE = (0.0, "")


def separated(page: Page, at: int) -> tuple[float, str]:
    """Short pieces between separators: a menu, a row of buttons, a breadcrumb trail."""
    line = page.lines[at]
    if len(line.text) > 400 or not ("  " in line.text or DIVIDER.search(line.text)):
        return NONE
    parts = [part for part in SEPARATOR.split(line.text) if part.strip()]
    sizes = [len(part.split()) for part in parts]
    if len(parts) >= 3 and max(sizes) <= 9 and sum(sizes) <= 4.5 * len(sizes):
        return 4.5, "menu"
    if len(parts) >= 2 and CRUMB.search(line.text) and max(sizes) <= 3 and not line.stopped:
        return 3.5, "menu"
    return NONE


def listed(page: Page, at: int) -> tuple[float, str]:
    """Words that are all buttons or sections, or codes of languages."""
    line = page.lines[at]
    if line.size > 12 or line.stopped or not line.words:
        return NONE
    if len(line.words) >= 2 and all(word.lower() in CODES for word in line.words):
        return 4.5, "menu"
    rest, covered = line.plain, 0
    while rest and (bearing := button(page, rest)):
        covered, rest = covered + 1, rest[len(bearing.phrase):].lstrip(" ,;|/·•-–—→>")
    return (4.0, "menu") if not rest and covered >= 3 else NONE


def button(page: Page, rest: str) -> Bearing | None:
    """The section or button with which a folded text opens."""
    line = Line(start=0, end=len(rest), text=rest)
    keys = ("navigation", "follow", "comments", "subscribe")
    found = [bearing for key in keys if (bearing := marks(page.language, key).opening(line))]
    return max(found, key=lambda bearing: len(bearing.phrase), default=None)


def sectioned(page: Page, at: int) -> tuple[float, str]:
    """Sections of a site in a row, however they are parted: "Home - Cattle - Prices", "首页 新闻 图片", "Sport · FC Low Fell"."""
    line = page.lines[at]
    if line.stopped or line.size > 30 or not (page.head(at) or page.tail(at)):
        return NONE
    spaced = lexicon(page.language).spaced
    if spaced and not ANY_SEPARATOR.search(line.text):
        return NONE
    parts = [part for part in (ANY_SEPARATOR if spaced else UNSPACED_SEPARATOR).split(line.text) if part.strip()]
    if len(parts) < 2 or any(len(part.split()) > MOST_IN_PIECE or len(part) > 30 for part in parts):
        return NONE
    known = [is_section(part, page.language) for part in parts]
    if len(parts) >= 3 and 2 * sum(known) >= len(parts):
        return 4.5, "menu"
    return (3.2, "menu") if known[0] and len(parts) <= 4 and page.head(at) and line.size <= 8 else NONE


def is_section(text: str, language: str) -> bool:
    """Whether a text is the name of a section."""
    bearing = marks(language, "navigation").opening(Line(start=0, end=len(text), text=text))
    return bearing is not None and bearing.form == "whole"
