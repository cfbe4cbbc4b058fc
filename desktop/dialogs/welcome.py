"""The first start: three questions, each with an answer already, and the sample shoot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop import style
from desktop.keymap import KeyMap
from desktop.keymap_presets import PRESETS, USUAL
from desktop.panels.section import labelled
from desktop.preferences import Preferences
from desktop.style import TONE
from engine.errors import StoreError
from engine.export.targets import PRESETS as PROGRAMS
from engine.export.targets import Naming, Target

WIDTH = 740
USUAL_STARS = 3
"""Stars that make a keeper where somebody chooses by stars."""
KEYS_OF = {Target.PHOTOMECHANIC: "photomechanic", Target.DARKTABLE: "darktable", Target.DIGIKAM: "digikam"}
"""Who works with one of these has its keys in the fingers."""


class WelcomeDialog(QDialog):
    """The answers become settings when it is left with a button; Escape and Skip leave everything as it was."""

    sample_wanted = Signal()

    def __init__(self, preferences: Preferences, keymap: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences, self._keymap = preferences, keymap
        self._has_chosen_keys = keymap.preset != USUAL
        self.setWindowTitle(self.tr("First steps"))
        self.setMinimumWidth(WIDTH)
        self._make_questions()
        self.failed = labelled("", "warning", self.tr("What could not be saved"))
        self.failed.setWordWrap(True)
        self.failed.hide()
        self.sample = QPushButton(style.icon("photo"), self.tr("Start with the &sample shoot"))
        self.sample.setToolTip(self.tr("Photos with bursts and flaws, made on this machine in some seconds"))
        self.sample.clicked.connect(self._take_sample)
        self.start = QPushButton(self.tr("St&art"))
        self.start.setProperty("role", "main")
        self.start.setDefault(True)
        self.start.clicked.connect(self._take)
        self.skip = QPushButton(self.tr("Sk&ip"))
        self.skip.setAutoDefault(False)
        self.skip.clicked.connect(self.reject)
        self._lay_out()
        self._show_what_holds()
        self.start.setFocus()

    # Building

    def _make_questions(self) -> None:
        self.editor = QComboBox()
        for target in Target:
            self.editor.addItem(PROGRAMS[target].title, target)
        self.editor.setAccessibleName(self.tr("The program that you edit with"))
        self.editor.activated.connect(self._follow_editor)
        self.naming = labelled("", "muted", self.tr("What that means"))
        self.keys = QComboBox()
        for name, preset in PRESETS.items():
            self.keys.addItem(preset.title, name)
        self.keys.setAccessibleName(self.tr("The keys that you know"))
        self.keys.activated.connect(self._note_keys)
        self.keys_note = labelled("", "muted", self.tr("What that means"))
        self.picks = QRadioButton(self.tr("By &picking: a photo is in or out"))
        self.stars = QRadioButton(self.tr("By s&tars: the good ones get more"))
        self.goal = QButtonGroup(self)
        for button in (self.picks, self.stars):
            self.goal.addButton(button)
        self.goal.buttonToggled.connect(self._explain)
        self.goal_note = labelled("", "muted", self.tr("What that means"))
        for note in (self.naming, self.keys_note, self.goal_note):
            note.setWordWrap(True)
        for box in (self.editor, self.keys):
            box.setMinimumWidth(220)

    def _lay_out(self) -> None:
        picture = QLabel()
        picture.setPixmap(style.glyph("chinagraph", 40, TONE.text, self.devicePixelRatioF()))
        title = labelled(self.tr("Welcome to Chinagraph"), "strong", self.tr("Welcome"))
        title.setFont(style.font_of(self.font(), self.font().pointSizeF() + 5, bold=True))
        words = self.tr(
            "Three questions, so that it fits the way you work. All of it can be changed in the preferences."
        )
        head = QGridLayout()
        head.setHorizontalSpacing(16)
        head.addWidget(picture, 0, 0, 2, 1)
        head.addWidget(title, 0, 1)
        head.addWidget(labelled(words, "muted", words), 1, 1)
        head.setColumnStretch(1, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._add(grid, self.tr("What do you &edit with?"), [self.editor], self.naming, 2)
        self._add(grid, self.tr("Whose &keys do you know?"), [self.keys], self.keys_note, 4)
        self._add(grid, self.tr("How do you choose?"), [self.picks, self.stars], self.goal_note, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.skip)
        buttons.addStretch(1)
        buttons.addWidget(self.sample)
        buttons.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(20)
        column.addLayout(head)
        column.addWidget(_rule())
        column.addLayout(grid)
        column.addStretch(1)
        column.addWidget(self.failed)
        column.addWidget(_rule())
        column.addLayout(buttons)

    def _add(self, grid: QGridLayout, question: str, answers: list[QWidget], note: QLabel, lines: int) -> None:
        label = QLabel(question)
        label.setProperty("role", "strong")
        label.setBuddy(answers[0])
        row = grid.rowCount()
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
        for number, answer in enumerate(answers):
            grid.addWidget(answer, row + number, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(note, row + len(answers), 1)
        grid.setRowMinimumHeight(row + len(answers) + 1, 12)
        # So many lines are kept for a note that nothing below jumps.
        note.setMinimumHeight(lines * self.fontMetrics().lineSpacing() + 2)
        note.setAlignment(Qt.AlignmentFlag.AlignTop)

    # What is shown

    def _show_what_holds(self) -> None:
        settings = self._preferences.settings
        self.editor.setCurrentIndex(self.editor.findData(Target(settings.xmp_target)))
        self.keys.setCurrentIndex(self.keys.findData(self._keymap.preset))
        (self.stars if settings.keeper_stars else self.picks).setChecked(True)
        self._explain()

    @Slot()
    def _follow_editor(self) -> None:
        """Who has not said otherwise has the keys of the program that they edit with."""
        if not self._has_chosen_keys:
            self.keys.setCurrentIndex(self.keys.findData(KEYS_OF.get(self._target, USUAL)))
        self._explain()

    @Slot()
    def _note_keys(self) -> None:
        self._has_chosen_keys = True
        self._explain()

    @Slot()
    def _explain(self) -> None:
        program, keys = PROGRAMS[self._target], PRESETS[self.keys.currentData()]
        pick, reject = (keys.keys.get(f"flag.{flag}", usual)[0] for flag, usual in (("pick", "P"), ("reject", "X")))
        names = {Naming.STEM: "IMG_0412.xmp", Naming.FULL: "IMG_0412.CR3.xmp"}
        self.naming.setText(
            self.tr(
                "Flags, stars and colours are written for {}, into sidecars called {}, when you ask for it."
            ).format(program.title, names[program.naming])
        )
        self.keys_note.setText(keys.explained)
        self.goal_note.setText(
            self.tr("A photo with {} stars or more counts as kept, and so does a pick.").format(self._stars)
            if self.stars.isChecked()
            else self.tr("{} picks, {} rejects; stars are for whatever you like.").format(pick, reject)
        )

    @property
    def _target(self) -> Target:
        return Target(self.editor.currentData())

    @property
    def _stars(self) -> int:
        return self._preferences.settings.keeper_stars or USUAL_STARS

    # What is answered

    @Slot()
    def _take(self) -> None:
        """Keep the answers; what cannot be saved is said, and a second press goes on all the same."""
        stars = self._stars if self.stars.isChecked() else 0
        self._preferences.change(xmp_target=self._target.value, keeper_stars=stars)
        try:
            if self._keymap.preset != self.keys.currentData():
                self._keymap.use(self.keys.currentData())
        except StoreError as error:
            self.failed.setText(str(error))
            self.failed.show()
            return
        self.accept()

    @Slot()
    def _take_sample(self) -> None:
        self._take()
        if self.result() == QDialog.DialogCode.Accepted:
            self.sample_wanted.emit()


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule
