"""The receiving desk: other units' packages taken in, who has filed, the totals over them.

What is readable is kept as it came, whatever its verdict; which of it counts
is worked out anew from all that is here (core/standing.py), so that any order
of arrival ends in the same state (R17) and a unit expected later counts at
once. What cannot be read leaves no trace.
"""

from dcs_desktop.receiving.data_out import data_file_name, exported_data
from dcs_desktop.receiving.desk import (
    UnitStatus,
    expected,
    known_templates,
    listed,
    official_name,
    setup_of,
    status,
    unit_name,
)
from dcs_desktop.receiving.entering import begin, begun, entered_units, take_entered
from dcs_desktop.receiving.hints import comparable_keys, hints_of
from dcs_desktop.receiving.later import FigureWords, Later, since_export
from dcs_desktop.receiving.letters import (
    acceptance,
    area_totals,
    correction_request,
    letters_to,
    new_template,
    receipt,
    send,
    template_of,
)
from dcs_desktop.receiving.picturing import before, pictured
from dcs_desktop.receiving.taking_in import FINE, TAKEN, Verdict, import_paths, read
from dcs_desktop.receiving.taking_letters import KEPT, LetterVerdict, is_letter, take_letter
from dcs_desktop.receiving.totals import (
    PartOfTotal,
    filed,
    filed_below,
    filed_units,
    follows,
    own_report,
    parts,
    recounted,
    take_into,
    totals,
    totals_by_unit,
    values_for_own_report,
)
from dcs_desktop.receiving.unit_history import Event, Exchange, exchanges, history
from dcs_desktop.receiving.unit_keys import UnitKey, named_unit, unit_keys
from dcs_desktop.receiving.words import key_words, revision_word, state_word, verdict_word
from dcs_desktop.receiving.written import Written, written

__all__ = [
    "FINE",
    "KEPT",
    "TAKEN",
    "Event",
    "Exchange",
    "FigureWords",
    "Later",
    "LetterVerdict",
    "PartOfTotal",
    "UnitKey",
    "UnitStatus",
    "Verdict",
    "Written",
    "acceptance",
    "area_totals",
    "before",
    "begin",
    "begun",
    "comparable_keys",
    "correction_request",
    "data_file_name",
    "entered_units",
    "exchanges",
    "expected",
    "exported_data",
    "filed",
    "filed_below",
    "filed_units",
    "follows",
    "hints_of",
    "history",
    "import_paths",
    "is_letter",
    "key_words",
    "known_templates",
    "letters_to",
    "listed",
    "named_unit",
    "new_template",
    "official_name",
    "own_report",
    "parts",
    "pictured",
    "read",
    "receipt",
    "recounted",
    "revision_word",
    "send",
    "setup_of",
    "since_export",
    "state_word",
    "status",
    "take_entered",
    "take_into",
    "take_letter",
    "template_of",
    "totals",
    "totals_by_unit",
    "unit_keys",
    "unit_name",
    "values_for_own_report",
    "verdict_word",
    "written",
]
