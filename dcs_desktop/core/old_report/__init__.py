"""An older report understood: whose headings are which items, which numbers are which figures.

``document.py`` is what was read; ``wording.py`` compares wordings, ``marks.py``
reads what numbers a heading; ``alignment.py`` finds the headings in their
order and ``passages.py`` the text that belongs to each; ``top.py`` reads the
letterhead; ``labels.py``, ``annex.py`` and ``in_prose.py`` propose figures,
``figures.py`` weighs the proposals against one another. Everything is a proposal with its
reason; ``accepted.py`` makes answers of what was confirmed.
"""
