"""One document's words as other programs take them: HTML with page-bottom notes for WeasyPrint, markup for typst."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from dcs_desktop.core.form import Form
from dcs_desktop.core.narrative import DEFINITION
from dcs_desktop.core.report import Report
from dcs_desktop.core.values import given
from dcs_desktop.paths import resources_dir
from dcs_desktop.printing.document import (
    Blank,
    Block,
    Body,
    Document,
    Grid,
    Heading,
    Illustration,
    Prompt,
    Run,
    Runs,
)

FONTS = resources_dir() / "fonts"
CSS = f"""
@font-face {{ font-family: S; src: url("{(FONTS / "LiberationSerif-Regular.ttf").as_uri()}"); }}
@font-face {{ font-family: S; font-weight: bold; src: url("{(FONTS / "LiberationSerif-Bold.ttf").as_uri()}"); }}
@font-face {{ font-family: S; font-style: italic; src: url("{(FONTS / "LiberationSerif-Italic.ttf").as_uri()}"); }}
@font-face {{ font-family: S; font-weight: bold; font-style: italic;
  src: url("{(FONTS / "LiberationSerif-BoldItalic.ttf").as_uri()}"); }}
@page {{ size: A4; margin: 20mm 15mm 20mm 30mm; @top-center {{ content: counter(page); font: 14pt S; }} }}
@page :first {{ @top-center {{ content: none; }} }}
@page wide {{ size: A4 landscape; }}
body {{ font: 14pt/18.5pt S; text-align: justify; margin: 0; }}
p {{ margin: 6pt 0 0; text-indent: 12.7mm; orphans: 2; widows: 2; }}
h1, h2 {{ font-size: 14pt; margin: 6pt 0 0; break-after: avoid; text-indent: 12.7mm; }}
p.prompt {{ font-weight: bold; font-style: italic; break-after: avoid; }}
.note {{ float: footnote; font-size: 11pt; line-height: 13.5pt; }}
section {{ break-before: page; }} section.wide {{ page: wide; }}
table {{ border-collapse: collapse; width: 100%; font-size: 11pt; line-height: 13.5pt; }}
td, th {{ border: .5pt solid black; padding: .6mm 1.2mm; }}
"""
TYPST = """
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm), numbering: "1", number-align: top + center)
#set text(font: "Liberation Serif", size: 14pt, lang: "vi")
#set par(justify: true, first-line-indent: (amount: 12.7mm, all: true), leading: 0.65em, spacing: 1em)
#show footnote.entry: set text(size: 11pt)
"""


def longer(report: Report, form: Form, times: int) -> Report:
    """The report with every text said so many times, its footnotes with it."""
    answers = report.answers
    for item in form.items:
        text = answers.prose(item)
        if text:
            lines = text.split("\n")
            at = next((n for n, line in enumerate(lines) if DEFINITION.match(line)), len(lines))
            parts = [
                ["\n".join(_renamed(line, n) for line in part) for n in range(times)]
                for part in (lines[:at], lines[at:])
            ]
            answers = answers.with_value(item, given("\n".join(parts[0] + parts[1])))
    return replace(report, answers=answers)


def _renamed(line: str, n: int) -> str:
    return re.sub(r"\[\^([A-Za-z0-9_-]{1,30})\]", rf"[^\1-{n}]", line)


def html(said: Document) -> str:
    """The document as HTML with CSS for pages."""
    annexes = "".join(
        f"<section class='{'wide' if annex.landscape else ''}'><h1>{escape(annex.title)}</h1>"
        + "".join(_html(block, said) for block in annex.blocks)
        + "</section>"
        for annex in said.annexes
    )
    body = "".join(_html(block, said) for block in said.blocks)
    return f"<html lang='vi'><style>{CSS}</style><body><h1>{escape(said.title)}</h1>{body}{annexes}</body></html>"


def _html(block: Block, said: Document) -> str:
    match block:
        case Illustration():
            return f"<p>{escape(block.picture.told)}</p>"
        case Heading():
            return f"<h2>{escape(f'{block.number}. {block.title}')}</h2>"
        case Prompt(_place, text):
            return f"<p class='prompt'>- {escape(text)}</p>"
        case Body(_place, runs):
            return f"<p>{_html_runs(runs, said)}</p>"
        case Blank():
            return "<p>……</p>"
        case Grid():
            head = "".join(f"<th>{escape(text)}</th>" for text in block.head)
            rows = "".join(
                f"<tr>{''.join(_html_cells(row.cells, row.spans, said))}</tr>" for row in block.rows
            )
            return f"<table><thead><tr>{head}</tr></thead>{rows}</table>"


def _html_cells(cells: tuple[Runs, ...], spans: tuple[int, ...], said: Document) -> Iterator[str]:
    for cell, span in zip(cells, spans or (1,) * len(cells), strict=True):
        yield f"<td colspan='{span}'>{_html_runs(cell, said)}</td>"


def _html_runs(runs: Runs, said: Document) -> str:
    return "".join(_html_run(run, said) for run in runs)


def _html_run(run: Run, said: Document) -> str:
    if run.note and not run.repeats:
        texts = " ".join(_html_runs(text, said) for text in said.notes[run.note])
        return f"<span class='note'>{texts}</span>"
    text = escape(run.text) + ("Có [ ] Không [ ]" if run.box else "")
    text = f"<b>{text}</b>" if run.bold else text
    return f"<i>{text}</i>" if run.italic else text


def typst(said: Document) -> str:
    """The document as typst's markup."""
    parts = [TYPST, f"#strong[{_escaped(said.title)}]\n"]
    parts += [_typst(block, said) for block in said.blocks]
    for annex in said.annexes:
        flipped = "true" if annex.landscape else "false"
        parts.append(
            f"#set page(flipped: {flipped})\n#counter(page).update(1)\n#strong[{_escaped(annex.title)}]\n"
        )
        parts += [_typst(block, said) for block in annex.blocks]
    return "\n".join(parts)


def _typst(block: Block, said: Document) -> str:
    match block:
        case Illustration():
            return f"{_escaped(block.picture.told)}\n"
        case Heading():
            return f"#block(sticky: true)[#strong[{_escaped(f'{block.number}. {block.title}')}]]\n"
        case Prompt(_place, text):
            return f"#block(sticky: true)[#strong[#emph[- {_escaped(text)}]]]\n"
        case Body(_place, runs):
            return f"{_typst_runs(runs, said)}\n"
        case Blank():
            return "……\n"
        case Grid():
            return _typst_table(block, said)


def _typst_table(block: Grid, said: Document) -> str:
    head = ", ".join(f"[#strong[{_escaped(text)}]]" for text in block.head)
    rows = "".join(
        f"table.cell(colspan: {span})[{_typst_runs(cell, said)}], "
        for row in block.rows
        for cell, span in zip(row.cells, row.spans or (1,) * len(row.cells), strict=True)
    )
    columns = ", ".join(f"{width}fr" for width in block.widths)
    return f"#[#set text(size: 11pt)\n#set par(first-line-indent: 0pt)\n#table(columns: ({columns}), table.header({head}), {rows})]\n"


def _typst_runs(runs: Runs, said: Document) -> str:
    return "".join(_typst_run(run, said) for run in runs)


def _typst_run(run: Run, said: Document) -> str:
    if run.note and not run.repeats:
        texts = " ".join(_typst_runs(text, said) for text in said.notes[run.note])
        return f"#footnote[{texts}]"
    text = _escaped(run.text) + (" Có ( ) Không ( )" if run.box else "")
    text = f"#strong[{text}]" if run.bold else text
    return f"#emph[{text}]" if run.italic else text


def _escaped(text: str) -> str:
    return re.sub(r"([\\\[\]#*_$`<>@=/+~'\"-])", r"\\\1", text)
