"""Reports of earlier years as offices type them: Word files of the project's own words, in several shapes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml

from dcs_desktop.core.form import Form, Item, Section

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# What each item says: sentences of nobody's report.
SAID = "Trong kỳ, đơn vị đã làm phần việc {id} đúng kế hoạch và không để tồn đọng."
FIGURES = (
    "Tổ hòa giải tiếp nhận 52 vụ, đưa ra hòa giải 50 vụ, hòa giải thành 45 vụ. Hòa giải không thành 05 vụ. "
    "Xã có 12 tổ hòa giải, 61 hòa giải viên."
)


@dataclass(frozen=True)
class Heading:
    """A heading of the form: its section or item, and how deep it stands (1 to 3)."""

    id: str
    words: str
    number: str
    depth: int
    item: Item | None = None


def headings(form: Form) -> Iterator[Heading]:
    """The headings of a form's text in order."""
    for section in form.sections:
        if not section.annex:
            yield from _of_section(section)


def _of_section(section: Section) -> Iterator[Heading]:
    prose = [item for item in section.items if item.prose]
    if not any(item.prompt == section.title for item in prose):
        yield Heading(section.id, section.title, section.number, section.depth + 1)
    for item in prose:
        if not item.default:
            depth = 1 if item.prompt == section.title else 2 if item.printed == "heading" else 3
            yield Heading(item.id, item.prompt, item.number, depth, item)


Writing = Callable[[Document, Heading], None]


def bold(document: Document, heading: Heading) -> None:
    """Headings in bold with typed numbers: "II-", "1.", "a)"."""
    sign = {1: "-", 2: ".", 3: ")"}[heading.depth]
    document.add_paragraph().add_run(f"{heading.number}{sign} {heading.words}").bold = True


def dashed(document: Document, heading: Heading) -> None:
    """Numbers at sections, a dash before an item, nothing in bold."""
    number = f"{heading.number}." if heading.depth < 3 else "-"
    document.add_paragraph(f"{number} {heading.words}")


def full_paths(document: Document, heading: Heading) -> None:
    """The whole path before each heading, the words cut short."""
    words = " ".join(heading.words.replace(";", "").split()[:9])
    number = heading.id.removeprefix("phan.")
    document.add_paragraph().add_run(f"{number}. {words}").bold = True


def automatic(document: Document, heading: Heading) -> None:
    """Numbers that Word makes: styles of headings, a numbered list at items."""
    if heading.depth < 3:
        document.add_heading(f"{heading.number}. {heading.words}", heading.depth)
    else:
        document.add_paragraph(heading.words, style="List Number")


SHAPES: dict[str, Writing] = {"bold": bold, "dashed": dashed, "paths": full_paths, "automatic": automatic}


def old_report(form: Form, write: Writing, *, front: bool = True, only: str = "") -> Document:
    """A report: letterhead, a text under every heading (of those whose id begins with ``only``), those who receive it."""
    made = docx.Document()
    if front:
        letterhead(made)
    for heading in headings(form):
        if not heading.id.startswith(only):
            continue
        write(made, heading)
        if heading.item is not None:
            made.add_paragraph(SAID.format(id=heading.id))
            if "hoa_giai.thanh" in heading.item.order:
                made.add_paragraph(FIGURES)
    made.add_paragraph("Nơi nhận:")
    made.add_paragraph("- Cấp trên;")
    return made


def letterhead(document: Document) -> None:
    """The two columns above a report of the state."""
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text = "ỦY BAN NHÂN DÂN HUYỆN\nỦY BAN NHÂN DÂN XÃ PHƯƠNG BÌNH\nSố: 87/BC-UBND"
    cells[
        1
    ].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nPhương Bình, ngày 02 tháng 12 năm 2024"
    document.add_paragraph().add_run("BÁO CÁO").bold = True
    document.add_paragraph().add_run("Kết quả thực hiện dân chủ ở cơ sở năm 2024").bold = True


def text_box(document: Document, words: str) -> None:
    """A text box, written in the older way and the newer one side by side."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    paragraph = document.add_paragraph()
    paragraph._p.append(
        parse_xml(
            f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>'
            f'<mc:Choice Requires="wps"><w:drawing>{content}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
    )


def data(document: Document) -> bytes:
    """The document as a file."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def saved(document: Document, path: Path) -> Path:
    """The document in a file."""
    path.write_bytes(data(document))
    return path
