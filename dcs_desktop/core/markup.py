"""Untrusted HTML made such that Python's parser reads it in time that grows with its length alone (R14)."""

from __future__ import annotations

import re
from typing import Final

END_OF_COMMENT: Final = "-->"
# Comments and declarations say nothing; a sign that opens no whole tag is a letter like others.
NO_TAG: Final = re.compile(r"<!--.*?-->|<[!?][^<>]*>|<(?!/?[A-Za-z][^<>]*>)", re.DOTALL)
NO_TAG_WITHOUT_COMMENTS: Final = re.compile(r"<[!?][^<>]*>|<(?!/?[A-Za-z][^<>]*>)")


def whole_tags(page: str) -> str:
    """The page without comments and declarations, every "<" in it the begin of a tag that ends before the next.

    The parser looks through all that follows for the end of whatever is open, again at each sign: a page of
    nothing but opening signs would hold the window up for minutes.
    """
    last = page.rfind(END_OF_COMMENT)
    head, tail = (page[: last + 3], page[last + 3 :]) if last >= 0 else ("", page)
    return NO_TAG.sub(_said, head) + NO_TAG_WITHOUT_COMMENTS.sub(_said, tail)


def _said(found: re.Match[str]) -> str:
    return "&lt;" if found[0] == "<" else ""
