"""This machine's signing key, to be read over the phone, and the keys of those who send things here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QLineEdit, QSizePolicy, QTreeWidgetItem, QWidget

from dcs_desktop import keys, receiving
from dcs_desktop.core.fingerprint import words
from dcs_desktop.core.text import fold
from dcs_desktop.core.trouble import Refusal
from dcs_desktop.i18n import _, format_date
from dcs_desktop.ui import files, look, messages, tables
from dcs_desktop.ui.clock import now
from dcs_desktop.ui.key_call import CallDialog
from dcs_desktop.ui.making import button, card, column, label, row, title
from dcs_desktop.ui.password import ask_password

if TYPE_CHECKING:
    from dcs_desktop.keys import OwnKey
    from dcs_desktop.store import DataFile
    from dcs_desktop.ui.main_window import MainWindow

# So many keys need no search.
FEW = 8
SEARCH = 240


def ask(window: MainWindow) -> None:
    """Show the keys: this machine's, and with a data file those of others."""
    file = None if window.opened is None else window.opened.file
    show(file, window)
    if window.desk is not None:
        window.desk.refresh()


def show(file: DataFile | None, asker: QWidget, unit: str = "") -> None:
    """Show the keys, those of one unit (``code@list``) first."""
    dialog = SigningKeysDialog(file, asker, unit)
    dialog.exec()
    dialog.deleteLater()


class SigningKeysDialog(QDialog):
    """The own key above, those of units below with what was decided of each."""

    def __init__(self, file: DataFile | None, asker: QWidget | None = None, unit: str = "") -> None:
        super().__init__(asker)
        self._file, self._unit = file, unit
        self._found: list[receiving.UnitKey] = []
        setup = None if file is None else file.setup()
        self._training = setup is not None and setup.training
        self.setWindowTitle(_("Khóa ký"))
        self.own = label("", "title")
        self.own.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about = label("", "muted")
        self.trouble = label("", "error")
        self.other = label("", "warning")
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(_("Tìm đơn vị, không cần dấu"))
        self.sought.setAccessibleName(_("Tìm đơn vị"))
        self.sought.setClearButtonEnabled(True)
        self.sought.setMinimumWidth(SEARCH)
        self.sought.textChanged.connect(self._list)
        self.waiting = QCheckBox(_("Chỉ khóa &chờ xác nhận"))
        self.waiting.toggled.connect(self._list)
        heads = [_("Đơn vị"), _("8 từ"), _("Tình trạng"), _("Số tệp"), _("Từ ngày")]
        self.units = tables.table(_("Khóa ký của các đơn vị"), heads, 2)
        self.units.currentItemChanged.connect(lambda *_lines: self._follow_choice())
        self.units.itemActivated.connect(lambda _line: self.decide())
        self.setLayout(column(self._own_card(), *self._others(), margin=look.PAGE, gap=look.WIDE))
        self.fill()
        self.resize(1000, 640 if self._found else self.sizeHint().height())
        if any(one.held for one in self._found):
            self.units.setFocus()

    def _own_card(self) -> QFrame:
        self.lock = button(_("Cất khóa vào &dữ liệu…"), self.keep, "save")
        self.lock.setToolTip(_("Để khóa đi cùng tệp dữ liệu sang máy khác, có mật khẩu"))
        self.unlock = button(_("&Lấy khóa đã cất…"), self.take_out, "history")
        self.new = button(_("Lập khóa &mới…"), self.renew, "refresh-cw")
        ways = row(self.lock, self.unlock, self.new, 1)
        head = label(_("Khóa ký của máy này"), "heading")
        return card(column(head, self.own, self.about, self.trouble, self.other, ways, margin=look.WIDE))

    def _others(self) -> tuple[QWidget, ...]:
        self._head = title(_("Khóa của nơi gửi gói, phiếu đến đây"))
        self.call = button(_("&Xác nhận sau khi gọi điện…"), self.decide, "check", "primary")
        self._none = label(_("Chưa nhận gói hoặc phiếu nào nên chưa biết khóa của ai."), "muted")
        self._none.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        top = QWidget()
        top.setLayout(row(self._head, self.sought, self.waiting, gap=look.WIDE))
        verbs = QWidget()
        verbs.setLayout(row(1, button(_("Đón&g"), self.accept), self.call))
        return top, self.units, self._none, verbs

    # What is shown

    def fill(self) -> None:
        """Show the keys as they are now."""
        self._show_own()
        try:
            self._found = [] if self._file is None else receiving.unit_keys(self._file)
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
        if self._unit:
            self._found.sort(key=lambda one: one.unit != self._unit)
        many, some = len(self._found) > FEW, bool(self._found)
        self.sought.setVisible(many)
        self.waiting.setVisible(many)
        self._head.setVisible(some)
        self.units.setVisible(some)
        self.call.setVisible(some)
        self._none.setVisible(self._file is not None and not self._found)
        self._list()

    def _show_own(self) -> None:
        own: OwnKey | None = None
        other = trouble = ""
        try:
            own = keys.own_key()
            other = self._other_key(own)
        except Refusal as refusal:
            trouble = files.shown_in(refusal.sentence)
        self.own.setText("" if own is None else words(own.fingerprint))
        self.own.setVisible(own is not None)
        self.about.setText("" if own is None else self._about_own(own))
        self.about.setVisible(own is not None)
        for part, said in ((self.trouble, trouble), (self.other, other)):
            part.setText(said)
            part.setVisible(bool(said))
        writable = self._file is not None and not self._file.read_only and not self._training
        self.lock.setEnabled(writable and own is not None)
        self.unlock.setEnabled(self._locked() not in (None, "" if own is None else own.fingerprint))
        self.new.setVisible(own is None)

    def _locked(self) -> str | None:
        """The fingerprint of the key that the data keeps, None for none."""
        try:
            return None if self._file is None else keys.locked_fingerprint(self._file)
        except Refusal:
            return None

    def _other_key(self, own: OwnKey) -> str:
        """What to know when the data was signed by another key before, "" otherwise."""
        earlier = None if self._file is None else keys.earlier_key(self._file, own)
        if earlier is None:
            return ""
        said = _("Dữ liệu này trước đây ký bằng khóa khác: {words}.").format(words=words(earlier))
        if self._locked() == earlier:
            return said + " " + _("Khóa ấy có cất trong dữ liệu: bấm “Lấy khóa đã cất” và gõ mật khẩu.")
        return (
            said
            + " "
            + _("Nếu không lấy lại được khóa ấy, nơi nhận sẽ gọi điện để xác nhận khóa của máy này.")
        )

    def _about_own(self, own: OwnKey) -> str:
        said = [_("Khi nơi nhận gọi điện hỏi, hãy đọc 8 từ này.")]
        if self._training:
            said.append(_("Dữ liệu tập huấn đang mở ký bằng khóa mẫu chung, không bằng khóa này."))
        elif self._locked() == own.fingerprint:
            said.append(_("Khóa đã cất trong dữ liệu, có mật khẩu: sang máy khác chỉ cần mật khẩu."))
        elif self._file is not None:
            said.append(_("Khóa chưa cất: nếu máy hỏng, nơi nhận sẽ phải gọi điện xác nhận khóa mới."))
        return " ".join(said)

    def _list(self) -> None:
        chosen = self._chosen()
        self.units.clear()
        shown = [one for one in self._found if self._wanted(one)]
        self.units.addTopLevelItems([_line(one) for one in shown])
        again = next((at for at, one in enumerate(shown) if _same(one, chosen)), None)
        held = next((at for at, one in enumerate(shown) if one.held and self._unit in ("", one.unit)), 0)
        if shown:
            self.units.setCurrentIndex(self.units.model().index(held if again is None else again, 0))
        self._follow_choice()

    def _wanted(self, one: receiving.UnitKey) -> bool:
        named = fold(self.sought.text()) in fold(f"{one.name} {one.unit}")
        return named and bool(one.held or not self.waiting.isChecked())

    def _of(self, line: QTreeWidgetItem | None) -> receiving.UnitKey | None:
        said = None if line is None else str(line.data(0, tables.KEY))
        return next((one for one in self._found if f"{one.unit} {one.key}" == said), None)

    def _chosen(self) -> receiving.UnitKey | None:
        return self._of(self.units.currentItem())

    def _follow_choice(self) -> None:
        writable = self._file is not None and not self._file.read_only
        self.call.setEnabled(writable and self._chosen() is not None)

    # What is done

    def decide(self) -> None:
        """Say of the chosen key, after a call, whether it is the unit's."""
        one = self._chosen()
        if one is None or self._file is None or self._file.read_only:
            return
        dialog = CallDialog(one.name, one.words if one.key else "", self)
        dialog.exec()
        trusted = dialog.trusted
        dialog.deleteLater()
        if trusted is None:
            return
        try:
            self._file.decide(one.unit, one.key, trusted=trusted, at=now())
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
        self.fill()

    def keep(self) -> None:
        """Put the key under a password into the data file."""
        title = _("Cất khóa vào dữ liệu")
        about = _(
            "Khóa được cất trong tệp dữ liệu, bảo vệ bằng mật khẩu này, và đi cùng mọi bản sao lưu. Ở máy mới, mở dữ liệu rồi "
            "lấy khóa ra bằng mật khẩu. Quên mật khẩu thì phải lập khóa mới."
        )
        password = ask_password(self, title, about, least=keys.SHORTEST_PASSWORD, again=True)
        file = self._file
        if password is not None and file is not None:
            self._try(lambda: keys.lock(file, keys.own_key().key, password))

    def take_out(self) -> None:
        """Make the key that the data file keeps this machine's."""
        title = _("Lấy khóa đã cất")
        about = _("Gõ mật khẩu đã đặt khi cất khóa ở máy cũ. Khóa đang có của máy này được giữ lại bên cạnh.")
        password = ask_password(self, title, about)
        file = self._file
        if password is not None and file is not None:
            self._try(lambda: keys.unlock(file, password))

    def renew(self) -> None:
        """Make another key where the one of this machine is damaged."""
        text = _(
            "Lập khóa mới cho máy này? Gói gửi đi sau đó được nơi nhận giữ lại cho đến khi gọi điện xác nhận khóa mới."
        )
        if messages.ask(self, text, _("Lập khóa mới"), risky=True):
            self._try(keys.new_key)

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Refusal as refusal:
            messages.refuse(self, refusal.sentence)
        self.fill()


def _same(one: receiving.UnitKey | None, other: receiving.UnitKey | None) -> bool:
    return one is not None and other is not None and (one.unit, one.key) == (other.unit, other.key)


def _line(one: receiving.UnitKey) -> QTreeWidgetItem:
    since = "" if one.since is None else format_date(one.since.astimezone().date())
    cells = [one.name, one.words, one.standing, str(one.count), since]
    line = tables.line(cells, f"{one.unit} {one.key}", right=(3,))
    said = one.said
    if one.held:
        state = "warning"
    elif said is not None:
        state = "complete" if said.trusted else "error"
    else:
        state = "partly" if one.in_force else "empty"
    line.setIcon(2, look.state_icon(state))
    return line
