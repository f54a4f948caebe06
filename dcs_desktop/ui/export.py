"""Exports the report: shows what is still missing, writes the package, offers how to send it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from dcs_desktop import draft_mail
from dcs_desktop.core.trouble import Finding, Refusal, Severity
from dcs_desktop.files import reason, write_beside_then_replace
from dcs_desktop.i18n import _
from dcs_desktop.ui import files, look, messages
from dcs_desktop.ui.clock import now
from dcs_desktop.ui.making import button, card, column, framed, label, row

if TYPE_CHECKING:
    from dcs_desktop.exporting import Exported
    from dcs_desktop.workspace import Workspace


class ExportDialog(QDialog):
    """Two pages: what stands in the report and where the file goes; then what to do with it.

    :attr:`folder` is the folder that was used, :attr:`findings_asked` the key
    of the first finding when the user would rather mend it first.
    """

    def __init__(self, workspace: Workspace, folder: str, asker: QWidget | None = None) -> None:
        super().__init__(asker)
        self._workspace = workspace
        self.folder = ""
        self.findings_asked = ""
        self.exported: Exported | None = None
        self.setWindowTitle(_("Xuất báo cáo"))
        self.target = QLineEdit(files.shown(Path(folder or files.documents())))
        self.target.setAccessibleName(_("Thư mục ghi tệp"))
        self.message = QPlainTextEdit()
        self.message.setReadOnly(True)
        self.message.setAccessibleName(_("Lời nhắn gửi kèm"))
        self._written = label("")
        self._refusal = label("", "error")
        self._refusal.hide()
        self._changed = label("", "warning")
        self._changed.hide()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._before())
        self._pages.addWidget(self._after())
        self.setLayout(column(self._pages, margin=look.PAGE))
        self.resize(640, 420)

    # Before

    def _before(self) -> QWidget:
        choose = button(_("Chọn…"), self._choose_folder, "folder-open")
        self.write = button(_("Xuất báo cáo"), self.export, "package", "primary")
        self.write.setObjectName("write")
        self.write.setDefault(True)
        return framed(
            column(
                label(draft_mail.subject(self._workspace.identity), "heading"),
                self._findings(),
                label(_("Ghi gói báo cáo vào thư mục"), "muted"),
                row(self.target, choose),
                self._refusal,
                1,
                row(1, button(_("Bỏ qua"), self.reject), self.write),
                gap=look.WIDE,
            )
        )

    def _findings(self) -> QWidget:
        from dcs_desktop.text_reading import read_texts

        read_texts(self._workspace)
        open_ones = [finding for finding in self._workspace.findings if not finding.accepted]
        if not open_ones:
            good = label(_("✓ Không có lỗi, không còn thiếu mục nào."), "good")
            return card(column(good, margin=look.WIDE))
        asked, *counts = [sum(finding.severity is each for finding in open_ones) for each in Severity]
        said = _("Báo cáo còn {errors} lỗi, {warnings} cảnh báo, {missing} chỗ còn thiếu.")
        words = label(said.format(errors=counts[0], warnings=counts[1], missing=counts[2]))
        if asked:
            said = _("{count} câu hỏi của cấp trên chưa được trả lời.")
            words.setText(said.format(count=asked) + "\n" + words.text())
        carried = len(self._workspace.answers.carried)
        if carried:
            said = _("{count} chỗ lấy từ báo cáo trước, chưa cập nhật và chưa xác nhận là vẫn đúng.")
            words.setText(words.text() + "\n" + said.format(count=carried))
        look_first = _("Vẫn xuất được, nhưng cấp trên sẽ thấy những điểm này. Nên xem lại trước khi gửi.")
        mend = button(_("Xem lại"), lambda: self._mend(open_ones[0]), "list-checks")
        mend.setObjectName("mend")
        inside = column(words, label(look_first, "muted"), row(mend, 1), margin=look.WIDE)
        return card(inside, "error" if counts[0] else "warning")

    def _mend(self, first: Finding) -> None:
        self.findings_asked = first.keys[0] if first.keys else ""
        self.reject()

    def _choose_folder(self) -> None:
        chosen = files.ask_folder(self, _("Chọn thư mục ghi gói báo cáo"), self.target.text())
        if chosen is not None:
            self.target.setText(files.shown(chosen))

    def export(self) -> None:
        """Write the package and turn to what can be done with it."""
        from dcs_desktop.exporting import export_report

        folder = Path(self.target.text().strip()).expanduser()
        try:
            self.exported = export_report(self._workspace, folder, now())
        except Refusal as refusal:
            self._refusal.setText(refusal.sentence)
            self._refusal.show()
            return
        self.folder = str(folder)
        self._show_written(self.exported)

    # After

    def _after(self) -> QWidget:
        show = button(_("Mở thư mục"), self._show_in_folder, "folder-open")
        mail = button(_("Soạn thư gửi"), self._draft_mail, "mail", "primary")
        copy = button(_("Chép lời nhắn"), self._copy, "copy")
        path = button(_("Chép đường dẫn"), self._copy_path, "copy")
        return framed(
            column(
                label(_("Đã xuất gói báo cáo"), "heading"),
                self._written,
                self._changed,
                row(mail, show, path, copy, 1),
                label(_("Lời nhắn để gửi kèm tệp qua thư hoặc tin nhắn:"), "muted"),
                self.message,
                row(1, button(_("Xong"), self.accept, "check")),
                gap=look.WIDE,
            )
        )

    def _show_written(self, exported: Exported) -> None:
        size = max(exported.path.stat().st_size // 1024, 1)
        said = _("{path} ({size} kB)\nMã nội dung: {digest}")
        digest = draft_mail.short_digest(exported.digest)
        self._written.setText(said.format(path=files.shown(exported.path), size=size, digest=digest))
        self._written.setToolTip(str(exported.path))
        if exported.changed:
            from dcs_desktop.exporting import changed_key

            self._changed.setText(changed_key(exported.key))
            self._changed.show()
        words = draft_mail.words(self._workspace.identity, exported.path.name, exported.digest)
        self.message.setPlainText(words)
        self._pages.setCurrentIndex(1)

    def _show_in_folder(self) -> None:
        if self.exported is not None:
            files.show_in_folder(self.exported.path)

    def _draft_mail(self) -> None:
        if self.exported is None:
            return
        path = self.exported.path.with_suffix(".eml")
        try:
            letter = draft_mail.draft(self._workspace.identity, self.exported.path, self.exported.digest)
            write_beside_then_replace(path, letter)
        except OSError as trouble:
            sentence = _("Không ghi được thư nháp {path}: {reason}. Hãy gửi tệp báo cáo bằng tay.")
            messages.refuse(self, sentence.format(path=path, reason=reason(trouble)))
            return
        if not files.open_outside(path):
            said = _("Đã ghi thư nháp {file} cạnh gói báo cáo, nhưng máy này chưa có chương trình thư để mở.")
            way = _("Hãy gửi gói báo cáo kèm lời nhắn bằng hộp thư trên mạng.")
            messages.note(self, said.format(file=path.name), way)

    def _copy_path(self) -> None:
        if self.exported is not None:
            QApplication.clipboard().setText(str(self.exported.path))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.message.toPlainText())
