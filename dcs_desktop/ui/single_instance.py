"""A second window on the same data file brings the first to the front instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from dcs_desktop import files

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

# Longer than the first window may take until its door is open.
PATIENCE_MS = 4000
TRY_MS = 200
OPENING_MS = 1500


def _name(data: Path) -> str:
    from hashlib import sha256

    return "dcs-desktop-" + sha256(str(data.resolve()).encode()).hexdigest()[:24]


def hand_over(data: Path, to_open: Path | None) -> bool:
    """Tell a window that already works on this data file to come to the front; whether there is one.

    It holds the file as long as it works on it: where nobody does, nobody is
    asked. One that has only just been started is waited for.
    """
    if not files.is_held(data):
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    until = monotonic() + PATIENCE_MS / 1000
    while not _knocked(socket, data):
        if monotonic() > until or not files.is_held(data):
            return False
        sleep(TRY_MS / 1000)
    socket.write((str(to_open.resolve()) if to_open is not None else "").encode() + b"\n")
    socket.flush()
    socket.waitForBytesWritten(PATIENCE_MS)
    socket.disconnectFromServer()
    return True


def _knocked(socket: QLocalSocket, data: Path) -> bool:
    socket.connectToServer(_name(data))
    return socket.waitForConnected(TRY_MS)


class FrontDoor(QObject):
    """Where later windows on the same data file knock; they may bring a file to open.

    It opens after ``wait`` milliseconds: what speaks to other processes is
    loaded once the first page is seen, not before.
    """

    def __init__(
        self,
        data: Path,
        came: Callable[[Path | None], None],
        parent: QObject | None = None,
        wait: int = OPENING_MS,
    ) -> None:
        super().__init__(parent)
        self._data = data
        self._came = came
        self._server: QLocalServer | None = None
        self._opening = QTimer(self, singleShot=True, interval=wait)
        self._opening.timeout.connect(self.open)
        self._opening.start()

    def open(self) -> None:
        """Listen from now on."""
        from PySide6.QtNetwork import QLocalServer

        self._opening.stop()
        self._server = server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(self._data))  # what a killed window left behind
        server.listen(_name(self._data))
        server.newConnection.connect(lambda: self._answer(server))

    def _answer(self, server: QLocalServer) -> None:
        socket = server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._read(socket))
        if socket.canReadLine():
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            named = bytes(socket.readLine().data()).decode().strip()
            socket.deleteLater()
            self._came(Path(named) if named else None)

    def close(self) -> None:
        """Answer nobody any more."""
        self._opening.stop()
        if self._server is not None:
            self._server.close()
