"""The language of the window: Qt's translation of its texts, and numbers as that language writes them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine import paths
from engine.settings import LANGUAGES

SOURCE = "en"
"""What the texts in the code are written in; its file holds nothing but "1 photo" beside "2 photos"."""
SYSTEM = LANGUAGES[0]
FOLDER = "translations"
OURS, QTS = "chinagraph", "qtbase"
_ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.World)


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Marks a text for translation, under the name that lupdate looks for; PySide6's own is typed to give an object."""
    return text


def chosen(wanted: str = SYSTEM, system: QLocale | None = None) -> str:
    """Which of our languages to speak: the one that is wanted, else the first that the `system`'s user reads, else
    English."""
    if wanted in LANGUAGES[1:]:
        return wanted
    read = (name.partition("-")[0] for name in (system or QLocale.system()).uiLanguages())
    return next((name for name in read if name in LANGUAGES[1:]), SOURCE)


def install(application: QCoreApplication, wanted: str = SYSTEM) -> str:
    """Have the application speak one of our languages, in place of the one before; the result is its code.

    `wanted` is a value of the setting `language`. Widgets that are there already keep their texts.
    """
    code = chosen(wanted)
    for before in application.findChildren(QTranslator):
        application.removeTranslator(before)
        before.deleteLater()
    _speak(application, OURS, code, str(paths.resource(FOLDER)))
    if code != SOURCE:
        # Its folder among those of PySide6, in a frozen application too.
        _speak(application, QTS, code, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    system = QLocale.system()
    fallback = _ENGLISH if code == SOURCE else QLocale(code)
    QLocale.setDefault(system if system.name().partition("_")[0] == code else fallback)
    return code


def _speak(application: QCoreApplication, name: str, code: str, folder: str) -> None:
    translator = QTranslator(application)
    if translator.load(f"{name}_{code}", folder):
        QCoreApplication.installTranslator(translator)


def name_of(code: str) -> str:
    """A language in its own words: "Deutsch"."""
    name = QLocale(code).nativeLanguageName() if code != SOURCE else "English"
    return name[:1].upper() + name[1:]


def grouped(value: int) -> str:
    """ "1,984", in German "1.984" """
    return QLocale().toString(value)


def decimal(value: float, digits: int = 1, *, sign: bool = False) -> str:
    """ "8.4", in German "8,4"; with `sign` "+0.7"; a minus is a minus."""
    locale = QLocale()
    text = locale.toString(abs(value), "f", digits)
    if value < 0 and any(letter in "123456789" for letter in text):
        return f"\N{MINUS SIGN}{text}"
    return f"+{text}" if sign else text


def significant(value: float) -> str:
    """Three digits that count: "0.0412", "41.2", "1984"; a minus is a minus."""
    text = f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return text.replace("-", "\N{MINUS SIGN}").replace(".", QLocale().decimalPoint())
