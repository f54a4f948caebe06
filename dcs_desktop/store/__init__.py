"""The local data file: SQLite, one writer, every record under a seal.

Reading and editing go by Python's own driver; SQLAlchemy defines the tables, makes a new
file and brings an older one up to date, and is imported only for that.
"""

from dcs_desktop.store.contents import Contents, Held
from dcs_desktop.store.data_file import DataFile
from dcs_desktop.store.journal import MOST_UNDONE, Action, ChangeRecord, Deed, Given, Steps, given_by
from dcs_desktop.store.kept_totals import KeptTotal, KeptTotals
from dcs_desktop.store.letters import KeptLetter, NewLetter, Note
from dcs_desktop.store.opening import open_file
from dcs_desktop.store.received import Arrival, Received
from dcs_desktop.store.records import Damaged
from dcs_desktop.store.reports import Saved, Summary
from dcs_desktop.store.writing import Listener

__all__ = [
    "MOST_UNDONE",
    "Action",
    "Arrival",
    "ChangeRecord",
    "Contents",
    "Damaged",
    "DataFile",
    "Deed",
    "Given",
    "Held",
    "KeptLetter",
    "KeptTotal",
    "KeptTotals",
    "Listener",
    "NewLetter",
    "Note",
    "Received",
    "Saved",
    "Steps",
    "Summary",
    "given_by",
    "open_file",
]
