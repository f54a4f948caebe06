"""The catalogues are complete and fresh, and Qt's own words are Vietnamese too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from dcs_desktop import i18n, package, sample, template_library
from dcs_desktop.paths import translations_dir
from dcs_desktop.printing import render_report
from tools import qt_words, translations


@pytest.fixture
def vietnamese_qt(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load(str(translations_dir() / "vi" / "qtbase_vi.qm"))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("vi")


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_sentence_of_the_program_stands_in_the_catalogue(language: str) -> None:
    assert translations.faults(language) == []


def test_vietnamese_says_what_the_source_says() -> None:
    differing = [
        m.id for m in translations.committed("vi") if m.id and isinstance(m.id, str) and m.string != m.id
    ]
    assert differing == []


@pytest.mark.usefixtures("english")
def test_english_is_taken_from_the_compiled_catalogue() -> None:
    catalogue = translations.committed("en")
    sentence = next(m for m in catalogue if isinstance(m.id, str) and m.id)
    assert i18n._(str(sentence.id)) == sentence.string
    assert i18n.current_language() == "en"


def test_a_sentence_without_translation_stays_vietnamese() -> None:
    assert i18n._("câu chưa có trong danh mục") == "câu chưa có trong danh mục"


def test_paper_and_package_are_the_same_whatever_the_window_speaks(tmp_path: Path) -> None:
    made: dict[str, tuple[bytes, bytes]] = {}
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        try:
            made[language] = _paper_and_package(tmp_path / language)
        finally:
            i18n.set_language("vi")
    assert made["vi"] == made["en"]


def _paper_and_package(folder: Path) -> tuple[bytes, bytes]:
    report = sample.commune_reports()[0]
    template = template_library.template(report.identity.template)
    form = template_library.form_for(template, report.identity, {})
    return render_report(report, form).data, package.write(folder, report, template).path.read_bytes()


@pytest.mark.usefixtures("vietnamese_qt")
def test_qt_buttons_speak_vietnamese(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Yes)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Hủy"
    assert box.button(QDialogButtonBox.StandardButton.Yes).text() == "&Có"


@pytest.mark.usefixtures("vietnamese_qt")
def test_the_menu_of_a_line_of_text_speaks_vietnamese(qtbot: QtBot) -> None:
    editor = QLineEdit("mẫu")
    qtbot.addWidget(editor)
    menu = editor.createStandardContextMenu()
    qtbot.addWidget(menu)
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words == ["&Hoàn tác", "&Làm lại", "&Cắt", "&Sao chép", "&Dán", "Xóa", "Chọn tất cả"]


def test_words_of_qt_are_complete_and_keep_their_places() -> None:
    with qt_words.SOURCE.open("rb") as file:
        words = [message for message in read_po(file, locale="vi") if message.id]
    assert len(words) > 300
    for word in words:
        source, said = str(word.id), str(word.string)
        assert said
        assert sorted(re.findall(r"%\w", source)) == sorted(re.findall(r"%\w", said)), source
        assert source.count("&") == said.count("&"), source
