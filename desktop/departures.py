"""What leaves the shoot, and what comes back: the dialogs of export and rejects, and the window that waits for them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from desktop.dialogs.export import ExportDialog
from desktop.dialogs.rejected import RejectedDialog
from desktop.export_presets import FILE_NAME, Presets
from desktop.exporting import Material
from desktop.rejecting import Act
from desktop.session import Session
from engine.errors import StoreError
from engine.types import Flag


class Departures(QObject):
    """One dialog of either kind at a time. Scoring is ended before originals move, and the shoot listed anew after."""

    closing_wanted = Signal()
    """What ran is over or was stopped, so that the window may close now, as was asked."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.export: ExportDialog | None = None
        self.rejected: RejectedDialog | None = None
        self.question: QMessageBox | None = None

    def show_export(self) -> None:
        """Show the export dialog; one that is there comes to the front."""
        if self.export is None:
            dialog = self.export = ExportDialog(self._gather, Presets(self._session.home / FILE_NAME), self._window)
            dialog.moving.connect(self._clear_the_way)
            dialog.moved.connect(self._list_anew)
            self._session.ended.connect(dialog.renew)
            self._open(dialog)
        self._raise(self.export)

    def show_rejected(self, act: Act) -> None:
        """Show what moving rejected photos away, bringing them back or emptying `_Rejected` would do."""
        if self.export is not None and self.export.is_running:
            self._raise(self.export)
            self._session.said.emit(self.tr("Wait until the export is done, or stop it"))
            return
        if self.rejected is None:
            session = self._session
            flags = ((card.photo, session.culling.decision(card.path).flag) for card in session.model.cards())
            rejects = [photo for photo, flag in flags if flag is Flag.REJECT]
            dialog = self.rejected = RejectedDialog(act, session.folders, rejects, session.metadata.flush, self._window)
            dialog.moving.connect(self._clear_the_way)
            dialog.moved.connect(self._list_anew)
            self._open(dialog)
        self._raise(self.rejected)

    @property
    def is_busy(self) -> bool:
        """Whether files are being written or moved."""
        return any(dialog is not None and dialog.is_running for dialog in (self.export, self.rejected))

    def may_close(self) -> bool:
        """Whether the window may close at once; otherwise it is asked about, and `closing_wanted` tells a yes."""
        if self.is_busy and self.question is None:
            self._ask()
        return not self.is_busy

    def may_lose(self, error: StoreError) -> bool:
        """Whether the user closes although the last decisions cannot be saved."""
        answer = QMessageBox.warning(
            self._window,
            "Chinagraph",
            self.tr("Your last decisions are not saved yet.\n\n{}\n\nClose and lose them?").format(error),
            QMessageBox.StandardButton.Close | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Close

    def close(self) -> None:
        """Leave no dialog and no thread behind."""
        for dialog in (self.export, self.rejected):
            if dialog is not None:
                dialog.stop()
                dialog.accept()

    def _gather(self) -> Material:
        session = self._session
        model = session.model
        cards = tuple(model.cards())
        decisions = {card.path: session.culling.decision(card.path) for card in cards}
        return Material(
            session.folders,
            cards,
            decisions,
            tuple(card.path for card in session.place.chosen),
            tuple(model.card(row).path for row in range(model.rowCount())),
            session.home,
            session.packs.folder,
            session.settings,
            not session.is_running,
            session.metadata.flush,
        )

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _raise(self, dialog: QDialog) -> None:
        dialog.raise_()
        dialog.activateWindow()

    @Slot()
    def _forget(self) -> None:
        if self.sender() is self.export:
            self.export = None
        else:
            self.rejected = None

    @Slot()
    def _clear_the_way(self) -> None:
        """Nothing is read where files are being moved. That no sidecar is written there, the move waits for itself."""
        self._session.cancel()

    @Slot()
    def _list_anew(self) -> None:
        self._session.retry()

    # Closing the window

    def _ask(self) -> None:
        self.question = QMessageBox(self._window)
        self.question.setIcon(QMessageBox.Icon.Warning)
        self.question.setWindowTitle("Chinagraph")
        self.question.setText(self.tr("Files are still being written."))
        self.question.setInformativeText(
            self.tr("What is done stays when you stop now, and the same export completes it later.")
        )
        self.stay = self.question.addButton(self.tr("Go on"), QMessageBox.ButtonRole.RejectRole)
        self.leave = self.question.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        self.question.setDefaultButton(self.stay)
        self.question.setEscapeButton(self.stay)
        self.question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.question.finished.connect(self._answer)
        self.question.open()

    @Slot()
    def _answer(self) -> None:
        wants_to_leave = self.question is not None and self.question.clickedButton() is self.leave
        self.question = None
        if wants_to_leave:
            self.close()
            self.closing_wanted.emit()
