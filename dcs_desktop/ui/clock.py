"""The one place where the window asks which day it is."""

from __future__ import annotations

from datetime import date, datetime


def now() -> datetime:
    """This moment, with the place's own offset."""
    return datetime.now().astimezone()


def this_day() -> date:
    """Today, on the wall calendar."""
    return now().date()
