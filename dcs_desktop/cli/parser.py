"""Every verb of the command line with its arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dcs_desktop import __version__
from dcs_desktop.cli import carrying
from dcs_desktop.cli.usage import Parser
from dcs_desktop.core.period import Period, PeriodFault
from dcs_desktop.core.trouble import Fault
from dcs_desktop.core.values import FieldType, Kind, Value, parse
from dcs_desktop.i18n import _
from dcs_desktop.resources import layout_files


@dataclass(frozen=True, slots=True)
class Said:
    """What a verb has to say: the JSON document, the lines for people, the exit status."""

    data: Any  # Any: whatever json.dumps takes, of the shape that command-line help gives
    lines: Sequence[str] = field(default_factory=list)
    status: int = 0


def asked(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments read, ``verb`` naming what to do, "" for the window. Raises Refusal for wrong usage."""
    from dcs_desktop.paths import default_data_file

    parser = _parser()
    args = parser.parse_args(arguments)
    args.data = args.data or default_data_file()
    return args


def _parser() -> argparse.ArgumentParser:
    common = Parser(add_help=False)
    common.add_argument("--data", type=Path, default=argparse.SUPPRESS, metavar="FILE", help=_("tệp dữ liệu"))
    common.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=_("in ra một tài liệu JSON")
    )
    parser = Parser("dcs-desktop", description=_("Báo cáo thực hiện dân chủ ở cơ sở"))
    version = f"dcs-desktop {__version__}"
    parser.add_argument("--version", action="version", version=version, help=_("in ra phiên bản"))
    parser.add_argument("--data", type=Path, default=None, metavar="FILE", help=_("tệp dữ liệu"))
    parser.add_argument("--json", action="store_true", help=_("in ra một tài liệu JSON"))
    parser.add_argument("--selftest", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(verb="", file=None)
    verbs = parser.add_subparsers(metavar="VERB", parser_class=Parser)

    def verb(name: str, help: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, parents=[common], help=help, description=help)
        added.set_defaults(verb=name)
        return added

    _own_verbs(verb)
    _word_verbs(verb)
    _excel_verbs(verb)
    _desk_verbs(verb)
    _letter_verbs(verb)
    _safekeeping_verbs(verb)
    _rebuild_verb(verb("rebuild", _("dựng lại tệp dữ liệu từ các gói báo cáo và phiếu trong thư mục DIR")))
    _about_one(verb("delete", _("bỏ báo cáo chưa xuất vào thùng rác")))
    thrown = verb("bin", _("liệt kê thùng rác, lấy báo cáo ra khỏi thùng rác"))
    thrown.add_argument("what", choices=("list", "restore"), metavar="list|restore")
    thrown.add_argument("ref", type=int, nargs="?", metavar="REF")
    _key_verb(verb("key", _("xem, xác nhận, cất khóa ký của máy này và của các đơn vị")))
    support = verb("support", _("ghi tệp gửi người hỗ trợ, không có số liệu, nội dung, tên, đường dẫn"))
    support.add_argument("file", type=Path, metavar="FILE.zip")
    opened = verb("open", _("mở một gói báo cáo hoặc thư trong cửa sổ"))
    opened.add_argument("file", type=Path, metavar="FILE")
    opened.set_defaults(verb="")
    return parser


def _key_verb(parser: argparse.ArgumentParser) -> None:
    whats = ("show", "list", "confirm", "refuse", "lock", "unlock", "new")
    parser.add_argument("what", choices=whats, metavar="|".join(whats))
    parser.add_argument("--unit", default="", metavar="CODE[@LIST]")
    parser.add_argument("--words", default="", metavar="TEXT", help=_("8 từ nghe qua điện thoại"))
    parser.add_argument("--unsigned", action="store_true", help=_("gói không ký số của đơn vị"))
    parser.add_argument(
        "--password-file", type=Path, default=None, metavar="FILE", help=_("mật khẩu ở dòng đầu")
    )


Adding = Callable[[str, str], argparse.ArgumentParser]


def _own_verbs(verb: Adding) -> None:
    made = verb("demo", _("tạo dữ liệu mẫu và chạy hết các bước vào thư mục DIR"))
    made.add_argument("dir", type=Path, metavar="DIR")
    _setup_verb(verb("setup", _("khai báo đơn vị và cấp trên của tệp dữ liệu")))
    new = _about_one(verb("new", _("lập một báo cáo mới")))
    new.add_argument("--template", default="", metavar="ID")
    new.add_argument("--receiver", default="", metavar="CODE[@LIST]")
    carrying.add_arguments(new)
    fill = _about_one(verb("fill", _("nhập nhiều câu trả lời từ một tệp JSON")))
    fill.add_argument("file", type=Path, metavar="FILE.json")
    _about_one(verb("show", _("in ra các câu trả lời")))
    _about_one(verb("check", _("rà soát lỗi")))
    letterhead = _about_one(verb("letterhead", _("đặt thể thức, số, ngày, nơi nhận, người ký")))
    letterhead.add_argument("file", type=Path, metavar="FILE.json")
    export = _about_one(verb("export", _("xuất gói báo cáo")))
    export.add_argument("-o", dest="output", type=Path, required=True, metavar="DIR")
    layouts = sorted(layout_files())
    report = _about_one(verb("report", _("in báo cáo ra tệp PDF, Word hoặc số liệu ra tệp Excel")))
    report.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE.pdf|.docx|.xlsx")
    report.add_argument("--layout", choices=layouts, default=None)
    report.add_argument("--archive", action="store_true", help=_("tệp PDF/A-2b để lưu trữ lâu dài"))
    report.add_argument(
        "--signature-field", action="store_true", help=_("thêm ô chữ ký số trống ở chỗ người ký")
    )
    report.add_argument("--mark-all-pages", action="store_true", help=_("in mã đối chiếu ở chân mọi trang"))
    report.add_argument(
        "--per-unit", action="store_true", help=_("thêm phụ lục số liệu của từng đơn vị cấp dưới")
    )
    report.add_argument(
        "--pictures", nargs="+", default=[], metavar="KEY", help=_("vẽ hình các số liệu này trong phụ lục đó")
    )
    blank = _about_one(verb("blank-form", _("in mẫu trống để ghi tay ra tệp PDF")))
    blank.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE.pdf")
    blank.add_argument("--layout", choices=layouts, default=None)
    blank.add_argument("--template", default="", metavar="ID")
    blank.add_argument("--level", default="", metavar="LEVEL")
    text = verb("check-text", _("soát số liệu không khớp nhau trong văn bản, mỗi dòng một đoạn"))
    text.add_argument("file", nargs="?", default="-", metavar="FILE")
    _template_verb(verb("template", _("kiểm tra, thêm hoặc liệt kê mẫu báo cáo")))
    reform = verb("reform", _("kiểm tra, thêm hoặc liệt kê bảng sắp xếp đơn vị"))
    reform.add_argument("what", choices=("check", "add", "list"), metavar="check|add|list")
    reform.add_argument("file", type=Path, nargs="?", metavar="FILE.csv")
    units = verb("units", _("tìm đơn vị theo tên không dấu hoặc theo mã"))
    units.add_argument("--search", required=True, metavar="TEXT")
    units.add_argument("--limit", type=int, default=20, metavar="N")


def _setup_verb(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", required=True, metavar="CODE[@LIST]")
    parser.add_argument("--receiver", default="", metavar="CODE[@LIST]")
    parser.add_argument("--level", default="", metavar="LEVEL")
    parser.add_argument("--period", type=_period, default=None, metavar="PERIOD")
    parser.add_argument(
        "--predecessors",
        nargs="*",
        default=None,
        metavar="CODE@LIST",
        help=_("các đơn vị trước sắp xếp mà đơn vị này được lập từ đó"),
    )
    parser.add_argument(
        "--training", action="store_true", help=_("tệp tập huấn, không dùng cho báo cáo thật")
    )


def _word_verbs(verb: Adding) -> None:
    _word_verb(_about_one(verb("compare-word", _("đối chiếu bản Word đã sửa với báo cáo, nhận từng mục"))))
    _about_one(verb("predecessors", _("số liệu kỳ trước của các đơn vị trước sắp xếp, cạnh nhau")))
    _word_in_verb(_about_one(verb("take-word", _("nhận báo cáo kỳ trước từ tệp Word hoặc tệp chữ"))))


def _excel_verbs(verb: Adding) -> None:
    form = _about_one(verb("excel-form", _("xuất biểu Excel để người khác điền")))
    form.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE.xlsx")
    form.add_argument("--section", nargs="+", default=[], metavar="ID", help=_("chỉ các phần này"))
    form.add_argument("--by", default="", metavar="NAME", help=_("người điền"))
    form.add_argument("--due", type=_day, default=None, metavar="DD/MM/YYYY", help=_("gửi lại trước ngày"))
    take = verb("take-excel", _("nhận biểu Excel đã điền vào báo cáo"))
    take.add_argument("file", type=Path, metavar="FILE.xlsx")
    take.add_argument("--by", default="", metavar="NAME", help=_("người điền"))
    take.add_argument("--unit", default="", metavar="CODE[@LIST]")
    take.add_argument("--period", type=_period, default=None, metavar="PERIOD")
    take.add_argument("--take", nargs="+", default=[], metavar="KEY", help=_("nhận cả các ô chờ chọn này"))
    take.add_argument("--look", action="store_true", help=_("chỉ xem, không ghi"))


def _day(text: str) -> date:
    found = parse(FieldType(Kind.DATE), text)
    if isinstance(found, Value) and isinstance(found.content, date):
        return found.content
    raise argparse.ArgumentTypeError(found.message.rstrip(".") if isinstance(found, Fault) else text)


def _word_verb(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.docx")
    taking = parser.add_mutually_exclusive_group()
    taking.add_argument("--accept", nargs="+", default=[], metavar="ITEM", help=_("nhận các mục này"))
    taking.add_argument("--accept-all", action="store_true", help=_("nhận mọi mục nhận được"))


def _word_in_verb(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--yes", action="store_true", help=_("nhận những gì đã rõ, để lại những gì còn ngờ"))
    parser.add_argument(
        "--put",
        nargs="+",
        default=[],
        metavar="LINE=ITEM",
        help=_("đưa đoạn ở dòng này vào mục này, “-” để bỏ qua"),
    )
    parser.add_argument(
        "--figure",
        nargs="+",
        default=[],
        metavar="KEY=NUMBER",
        help=_("nhận số liệu này, để trống để bỏ qua"),
    )


def _template_verb(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("check", "add", "list"), metavar="check|add|list")
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE")


def _about_one(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--unit", required=True, metavar="CODE[@LIST]")
    parser.add_argument("--period", required=True, type=_period, metavar="PERIOD")
    return parser


def _desk_verbs(verb: Adding) -> None:
    verify = verb("verify", _("đọc thử một gói báo cáo mà không nhận vào"))
    verify.add_argument("package", type=Path, metavar="PACKAGE")
    verify.add_argument("--pdf", type=Path, metavar="FILE", help=_("bản in PDF có đúng là của gói này không"))
    taken = verb("import", _("nhận các gói báo cáo, thư đã lưu (.eml), tệp nén hoặc thư mục chứa gói"))
    taken.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    taken.add_argument("--record", type=Path, metavar="FILE.xlsx", help=_("lưu kết quả nhận từng tệp"))
    status = verb("status", _("đơn vị nào đã nộp, còn thiếu, có lỗi"))
    status.add_argument("--period", required=True, type=_period, metavar="PERIOD")
    reports = verb("reports", _("in mọi báo cáo đã nhận của một kỳ vào một thư mục"))
    reports.add_argument("--period", required=True, type=_period, metavar="PERIOD")
    reports.add_argument("-o", dest="output", type=Path, required=True, metavar="DIR")
    reports.add_argument("--layout", choices=sorted(layout_files()), default=None)
    reports.add_argument("--processes", type=int, default=None, metavar="N")
    exported = verb("export-data", _("xuất số liệu mọi đơn vị thành gói dữ liệu cho cơ quan thống kê"))
    exported.add_argument("--period", required=True, type=_period, metavar="PERIOD")
    exported.add_argument("-o", dest="output", type=Path, required=True, metavar="DIR")
    effects = verb("effects", _("số liệu, câu, trang của báo cáo đã xuất sẽ đổi vì có đơn vị nộp sau"))
    effects.add_argument("--period", required=True, type=_period, metavar="PERIOD")
    effects.add_argument("--amend", action="store_true", help=_("lập bổ sung theo số mới"))
    totals = verb("totals", _("số liệu tổng hợp"))
    totals.add_argument("--period", required=True, type=_period, metavar="PERIOD")
    totals.add_argument("--indicator", default="", metavar="KEY")
    totals.add_argument("--parts", action="store_true", help=_("các phần của một số liệu tổng hợp"))
    totals.add_argument(
        "--compare", action="store_true", help=_("so với kỳ trước, qua các lần sắp xếp đơn vị")
    )
    totals.add_argument("--hints", action="store_true", help=_("số liệu của đơn vị có vẻ gõ nhầm"))


def _letter_verbs(verb: Adding) -> None:
    reply = _about_one(
        verb("reply", _("lập phiếu gửi đơn vị: xác nhận đã nhận, đề nghị chỉnh sửa, chấp nhận"))
    )
    reply.add_argument("-o", dest="output", type=Path, required=True, metavar="DIR")
    reply.add_argument("--text", default="", metavar="TEXT", help=_("lời nhắn trong phiếu"))
    kinds = reply.add_mutually_exclusive_group()
    kinds.add_argument(
        "--request", type=Path, metavar="FILE.json", help=_("các câu hỏi của phiếu đề nghị chỉnh sửa")
    )
    kinds.add_argument("--accept", action="store_true", help=_("chấp nhận báo cáo"))
    kinds.add_argument("--totals", action="store_true", help=_("gửi số liệu tổng hợp của kỳ"))
    kinds.add_argument("--template", default="", metavar="ID@VERSION", help=_("gửi một mẫu báo cáo"))
    take = verb("take-letter", _("nhận phiếu của cấp trên vào báo cáo của đơn vị"))
    take.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    _about_one(verb("history", _("gói, phiếu, ghi chú với một đơn vị, và câu hỏi đã được trả lời thế nào")))
    enter = _about_one(verb("enter-for", _("nhập thay báo cáo của đơn vị gửi bản giấy, Word hoặc Excel")))
    enter.add_argument("--source", choices=("paper", "word", "excel"), default="paper")
    enter.add_argument("--by", default="", metavar="NAME", help=_("người nhập"))
    enter.add_argument("--done", action="store_true", help=_("ghi nhận báo cáo đã nhập xong"))
    note = _about_one(verb("note", _("ghi chú của bàn nhận báo cáo về một đơn vị")))
    note.add_argument("text", metavar="TEXT")


def _safekeeping_verbs(verb: Adding) -> None:
    backup = verb("backup", _("sao lưu tệp dữ liệu, hoặc liệt kê các bản sao lưu"))
    backup.add_argument("-o", dest="output", type=Path, default=None, metavar="FILE")
    backup.add_argument(
        "--second", type=Path, default=None, metavar="DIR", help=_("thư mục sao lưu thứ hai, như USB")
    )
    backup.add_argument("--list", action="store_true", help=_("liệt kê các bản sao lưu"))
    restore = verb("restore", _("khôi phục từ một bản sao lưu; tệp hiện có được giữ lại dưới tên khác"))
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument(
        "--other-unit", action="store_true", help=_("khôi phục cả khi bản sao lưu là của đơn vị khác")
    )


def _rebuild_verb(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", type=Path, metavar="DIR")
    parser.add_argument("--unit", default="", metavar="CODE@LIST")


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except PeriodFault as fault:
        raise argparse.ArgumentTypeError(str(fault).rstrip(".")) from fault
