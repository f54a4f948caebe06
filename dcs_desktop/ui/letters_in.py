"""Letters of the receiving unit through the window: dropped or chosen, judged, shown, acted upon."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _
from dcs_desktop.ui import messages
from dcs_desktop.ui.clock import now
from dcs_desktop.ui.tasks import Told, Worker

if TYPE_CHECKING:
    from dcs_desktop.core.letter import Letter
    from dcs_desktop.receiving import LetterVerdict
    from dcs_desktop.store import DataFile
    from dcs_desktop.ui.opened import Opened
    from dcs_desktop.ui.report_room import ReportRoom

# More files than this are packages of a desk; a letter among them gets its verdict there.
MOST = 20
KINDS = (".zip", ".eml")


class LettersIn(QObject):
    """The way of a letter in."""

    def __init__(self, room: ReportRoom, window: QWidget, worker: Worker) -> None:
        super().__init__(room)
        self._room, self._window, self._worker = room, window, worker

    def ask(self, opened: Opened | None) -> None:
        """Let the user choose letters."""
        from dcs_desktop.ui import files

        kinds = _("Phiếu của cấp trên, thư đã lưu (*.zip *.eml);;Mọi tệp (*)")
        title = _("Nhận phiếu của cấp trên")
        chosen, _kind = QFileDialog.getOpenFileNames(self._window, title, files.documents(), kinds)
        if opened is not None and chosen:
            self._read(opened.file, [Path(name) for name in chosen])

    def take(self, opened: Opened | None, named: list[Path]) -> bool:
        """Take the letters among dropped files, where all are letters; whether there were any."""
        if opened is None or len(named) > MOST or not all(path.suffix.lower() in KINDS for path in named):
            return False
        from dcs_desktop import package

        if not named or not all(map(package.is_letter, named)):
            return False
        from dcs_desktop import receiving

        if not all(map(receiving.is_letter, named)):
            return False
        self._read(opened.file, named)
        return True

    def show_kept(self) -> None:
        """The letter in force on the open report, again: what is asked first, else what came last."""
        workspace = self._room.workspace
        if workspace is None:
            return
        from dcs_desktop import package, questions

        here = questions.letters_in_force(workspace.file, workspace.identity)
        kept = sorted(here.values(), key=lambda letter: letter.head.number)
        if not kept:
            messages.note(self._window, _("Chưa nhận phiếu nào của cấp trên về báo cáo này."))
            return
        letter = here.get("verdict", kept[-1])
        data = workspace.file.letter_bytes(letter.digest) or b""
        reading = package.read_letter_bytes(data, letter.file_name)
        if reading.letter is not None:
            self._show(workspace.file, reading.letter, reading.digest, workspace.ref)

    def _read(self, file: DataFile, paths: list[Path]) -> None:
        def work(_told: Told) -> list[LetterVerdict]:
            from dcs_desktop import receiving

            return [receiving.take_letter(file, path, now()) for path in paths]

        def then(verdicts: list[LetterVerdict]) -> None:
            for path, verdict in zip(paths, verdicts, strict=True):
                if verdict.verdict == "unknown_key" and self._is_confirmed(file, verdict):
                    self._read(file, [path])
                else:
                    self._told(file, verdict)

        self._worker.start(self._window, work, then, saying=_("Đang đọc phiếu."))

    def _is_confirmed(self, file: DataFile, verdict: LetterVerdict) -> bool:
        """Whether the user called the sender of a letter and the key that it bears is theirs; what was said is kept."""
        from dcs_desktop import receiving
        from dcs_desktop.core.fingerprint import fingerprint
        from dcs_desktop.ui.key_call import CallDialog

        if verdict.letter is None or file.read_only:
            return False
        sender = verdict.letter.head.receiver
        dialog = CallDialog(sender.name, receiving.key_words(verdict.key), self._window, verdict.reason)
        dialog.exec()
        trusted = dialog.trusted
        dialog.deleteLater()
        if trusted is not None:
            key = fingerprint(verdict.key) if verdict.key else ""
            try:
                file.decide(sender.identity, key, trusted=trusted, at=now())
            except Refusal as refusal:
                messages.refuse(self._window, refusal.sentence)
                return False
        return bool(trusted)

    def _told(self, file: DataFile, verdict: LetterVerdict) -> None:
        from dcs_desktop import receiving

        if verdict.verdict not in receiving.KEPT or verdict.letter is None:
            messages.refuse(self._window, verdict.reason, verdict.file)
            return
        self._show(file, verdict.letter, verdict.digest, verdict.report)

    def _show(self, file: DataFile, letter: Letter, digest: str, ref: int | None) -> None:
        """The letter over its report, and what the user wants done about it."""
        from dcs_desktop.core.letter import LetterKind
        from dcs_desktop.ui.letter_dialog import LetterDialog

        if ref is not None:
            self._open(file, ref)
        workspace = self._room.workspace if ref is not None else None
        form = None if workspace is None else workspace.form
        own = {} if workspace is None else workspace.figures
        dialog = LetterDialog(letter, form, own, self._offer(letter, digest), self._window)
        wanted = bool(dialog.exec())
        dialog.deleteLater()
        if not wanted:
            return
        if letter.head.kind is LetterKind.TEMPLATE:
            self._add_template(letter)
        else:
            self._answer()

    def _open(self, file: DataFile, ref: int) -> None:
        """Open the report anew: its questions are other ones now."""
        self._room.open(file, ref)
        self._room.renamed.emit()

    def _offer(self, letter: Letter, digest: str) -> str:
        """What the letter asks the user to do, "" for nothing, or no more: a later letter is in force."""
        from dcs_desktop.core.letter import LetterKind

        view, workspace = self._room.view, self._room.workspace
        match letter.head.kind:
            case LetterKind.TEMPLATE:
                return _("&Thêm mẫu vào chương trình")
            case LetterKind.CORRECTION if view and workspace and workspace.asked.digest == digest:
                closed = view.entry.closed
                if closed is None:
                    return _("&Trả lời các câu hỏi")
                return closed.offer
            case _:
                return ""

    def _answer(self) -> None:
        """Go to the first question, in the amendment that answers it."""
        room = self._room
        if room.view is not None and room.view.entry.closed is not None:
            room.amend()
        if room.view is not None:
            room.view.check()
            room.view.side.findings.list.setCurrentRow(-1)
            room.view.next_finding()

    def _add_template(self, letter: Letter) -> None:
        from dcs_desktop import receiving

        try:
            info = receiving.template_of(letter)
        except Refusal as refusal:
            messages.refuse(self._window, refusal.sentence)
            return
        said = _(
            "Đã thêm mẫu “{name}” ({reference}). Chọn mẫu này khi lập báo cáo mới; gói báo cáo theo mẫu này được tổng hợp."
        )
        messages.note(self._window, said.format(name=info.name, reference=info.reference))
