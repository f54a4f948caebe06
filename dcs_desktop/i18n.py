"""The language of the interface, and the writing of numbers and dates.

The sentences in the code are Vietnamese; a catalogue gives them in English. The chosen catalogue is the one
value of the program that is not passed down as an argument: gettext's ``_`` stands in every module.

Numbers and dates keep the Vietnamese writing in both languages. What is typed is read by that one rule, and a
total shown as 1,640 beside an editor that says 1.640 would be read wrong by a factor of a thousand. Dates are
written here, for the first page shows some and Babel takes as long to import as the page to be made; a test
holds that Babel writes them so.
"""

from __future__ import annotations

import gettext as _gettext
from typing import TYPE_CHECKING, Final, Literal, get_args

from dcs_desktop.paths import translations_dir

if TYPE_CHECKING:
    from datetime import date, datetime, time
    from decimal import Decimal

Language = Literal["vi", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DOMAIN: Final = "dcs"

_WRITING: Final = "vi"

_chosen: Language = "vi"
_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def set_language(language: Language) -> None:
    """Take the sentences of this language from now on; without its catalogue they stay as the code says them."""
    global _chosen, _catalogue  # noqa: PLW0603 -- the documented exception: one language for the whole program
    _chosen = language
    own = language == LANGUAGES[0]  # the code's own language needs no catalogue
    _catalogue = (
        _gettext.NullTranslations()
        if own
        else _gettext.translation(DOMAIN, translations_dir(), [language], fallback=True)
    )


def current_language() -> Language:
    """The language set last; Vietnamese at first."""
    return _chosen


def _(sentence: str) -> str:
    """This Vietnamese sentence in the current language."""
    return _catalogue.gettext(sentence)


def later(sentence: str) -> str:
    """This Vietnamese sentence as it is: ``_`` puts it into the current language where it is shown."""
    return sentence


def ngettext(singular: str, plural: str, count: int) -> str:
    """The sentence for this count. Vietnamese has one form, so both msgids are usually the same words."""
    return _catalogue.ngettext(singular, plural, count)


def format_number(number: Decimal | int, decimals: int | None = None) -> str:
    """A number as Vietnamese print writes it: 1.640 and 88,83.

    With decimals the number is rounded half up to as many and shows them all; without, none is dropped but
    the trailing zeros.
    """
    from decimal import ROUND_HALF_UP, Decimal

    from babel.numbers import format_decimal

    if decimals is None:
        return format_decimal(number, locale=_WRITING, decimal_quantization=False)
    exact = Decimal(number).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(exact, format=pattern, locale=_WRITING)


def format_date(day: date) -> str:
    """05/12/2024."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_time(moment: time | datetime) -> str:
    """10:42:07, on the clock that the value was read from."""
    return f"{moment.hour:02}:{moment.minute:02}:{moment.second:02}"


def format_datetime(moment: datetime) -> str:
    """05/12/2024 10:42, on the clock that the value was read from."""
    return f"{format_date(moment)} {moment.hour:02}:{moment.minute:02}"
