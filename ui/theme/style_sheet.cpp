// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_sheet.h"

#include <QLocale>
#include <QRegularExpression>
#include <utility>
#include <vector>

namespace studio::ui {

namespace {

// @name@ stands for a colour token, @9pt@ for a size that is 9 where the body is 10, @theme@ for light or
// dark.
constexpr const char* kSheet = R"(
QMainWindow, QDialog { background: @window@; }
QToolTip { background: @base@; color: @text@; border: 1px solid @field@; padding: 4px 8px; }

*[menuRow="true"] { background: @sidebar@; border-bottom: 1px solid @border@; }
QMenuBar { background: transparent; border: none; padding: 0 8px; }
QMenuBar::item { background: transparent; padding: 4px 10px; margin: 0; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @selection@; border-radius: 4px; }
QMenu { background: @base@; border: 1px solid @field@; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 28px; border-radius: 3px; }
QMenu::item:selected { background: @selection@; }
QMenu::item:disabled { color: @disabled@; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 8px; }
QMenu::icon { left: 6px; }
QMenu::indicator { width: 14px; height: 14px; left: 7px; }
QMenu::indicator:checked { image: url(:/icons/control-check-@theme@.svg); }
QMenu::right-arrow { image: url(:/icons/control-right-@theme@.svg); width: 9px; height: 9px; right: 8px; }

QPushButton { background: @base@; color: @text@; border: 1px solid @field@; border-radius: 4px; padding: 0 11px;
  min-height: 26px; max-height: 26px; }
QPushButton:hover { background: @alternate@; }
QPushButton:pressed, QPushButton:checked { background: @selection@; }
QPushButton:focus { border: 2px solid @accentText@; padding: 0 10px; min-height: 24px; max-height: 24px; }
QPushButton:disabled { color: @disabled@; border-color: @border@; background: transparent; }
QPushButton[look="primary"] { background: @accent@; border-color: @accent@; color: @onAccent@; font-weight: 600; }
QPushButton[look="primary"]:hover { background: @accentHover@; }
QPushButton[look="primary"]:focus { border: 2px solid @text@; }
QPushButton[look="primary"]:disabled { background: @line@; border-color: @border@; color: @disabled@; }
QPushButton[look="flat"] { background: transparent; border-color: transparent; padding: 0 7px; }
QPushButton[look="flat"]:hover { background: @hover@; }
QPushButton[look="flat"]:pressed { background: @selection@; }
QPushButton[look="flat"]:focus { border: 2px solid @accentText@; padding: 0 6px; }
QPushButton[look="link"] { background: transparent; border-color: transparent; color: @accentText@; padding: 0 3px; }
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="link"]:focus { border: 2px solid @accentText@; padding: 0 2px; }
QPushButton[look="link"]:disabled { color: @disabled@; }
QPushButton[iconOnly="true"], QPushButton[iconOnly="true"]:focus { padding: 0; min-width: 26px; max-width: 26px; }
QPushButton[iconOnly="true"]:focus { min-width: 24px; max-width: 24px; }
QPushButton[big="true"] { min-height: 34px; max-height: 34px; padding: 0 19px; }
QPushButton[big="true"]:focus { min-height: 32px; max-height: 32px; padding: 0 18px; }
QPushButton[danger="true"] { color: @errorText@; }
QPushButton::menu-indicator { image: url(:/icons/control-down-@theme@.svg); width: 9px; height: 9px;
  subcontrol-position: right center; right: 8px; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 2px; }
QToolButton:hover { background: @hover@; }
QToolButton:focus { border: 2px solid @accentText@; padding: 1px; }
QToolButton[room="true"] { color: @text3@; border: none; border-bottom: 2px solid transparent; border-radius: 0;
  padding: 1px 2px 0 2px; font-size: @9pt@; }
QToolButton[room="true"]:hover { color: @text@; background: transparent; }
QToolButton[room="true"]:focus { border: 2px solid @accentText@; border-radius: 3px; padding: 0; }
QToolButton[room="current"] { color: @text@; font-weight: 600; border: none; border-bottom: 2px solid @accentText@;
  border-radius: 0; padding: 1px 2px 0 2px; font-size: @9pt@; background: transparent; }
QToolButton[room="current"]:focus { border: 2px solid @accentText@; padding: 0; }

QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QAbstractSpinBox { background: @base@; color: @text@;
  border: 1px solid @field@; border-radius: 4px; padding: 0 7px; min-height: 26px; max-height: 26px;
  selection-background-color: @selection@; selection-color: @text@; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid @accentText@; padding: 0 6px;
  min-height: 24px; max-height: 24px; }
QLineEdit[bad="true"], QAbstractSpinBox[bad="true"], QComboBox[bad="true"] { border-color: @errorText@; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: @disabled@; border-color: @border@;
  background: @window@; }
QLineEdit[readOnly="true"] { background: @window@; }
QLineEdit[big="true"] { min-height: 34px; max-height: 34px; }
QLineEdit[big="true"]:focus { min-height: 32px; max-height: 32px; }
QLineEdit[small="true"] { min-height: 22px; max-height: 22px; }
QLineEdit[small="true"]:focus { min-height: 20px; max-height: 20px; }
QTableView QLineEdit, QListView QLineEdit { border-radius: 0; min-height: 22px; max-height: 9999px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(:/icons/control-down-@theme@.svg); width: 11px; height: 11px; }
QComboBox::down-arrow:disabled { image: url(:/icons/control-down-disabled-@theme@.svg); }
QComboBox QAbstractItemView { background: @base@; border: 1px solid @field@; padding: 3px; outline: 0;
  selection-background-color: @selection@; selection-color: @text@; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 6px; }
QComboBox[small="true"] { min-height: 22px; max-height: 22px; }
QComboBox[small="true"]:focus { min-height: 20px; max-height: 20px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px; background: transparent; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: @hover@; }
QAbstractSpinBox::up-arrow { image: url(:/icons/control-up-@theme@.svg); width: 8px; height: 8px; }
QAbstractSpinBox::down-arrow { image: url(:/icons/control-down-@theme@.svg); width: 8px; height: 8px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off { image: url(:/icons/control-up-disabled-@theme@.svg); }
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off { image: url(:/icons/control-down-disabled-@theme@.svg); }

QPlainTextEdit, QTextEdit { background: @base@; color: @text@; border: 1px solid @field@; border-radius: 4px;
  padding: 1px 4px; selection-background-color: @selection@; selection-color: @text@; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accentText@; padding: 0 3px; }
QPlainTextEdit[bare="true"], QTextEdit[bare="true"], QAbstractScrollArea[bare="true"] { border: none; border-radius: 0; padding: 0;
  background: @base@; }
QPlainTextEdit[bare="true"]:focus, QTextEdit[bare="true"]:focus, QAbstractScrollArea[bare="true"]:focus { border: 2px solid @accentText@; border-radius: 2px; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 24px; background: transparent; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @field@; border-radius: 3px; background: @base@; }
QCheckBox::indicator:checked { background: @accent@; border-color: @accent@; image: url(:/icons/control-check.svg); }
QCheckBox::indicator:disabled { border-color: @border@; background: @window@; }
QCheckBox::indicator:checked:disabled { background: @disabled@; border-color: @disabled@; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @field@; border-radius: 8px; background: @base@; }
QRadioButton::indicator:checked { border: 4px solid @accentText@; width: 8px; height: 8px; }
QCheckBox::indicator:focus { border: 2px solid @accentText@; width: 12px; height: 12px; }
QRadioButton::indicator:focus { border: 2px solid @accentText@; width: 12px; height: 12px; border-radius: 8px; }
QRadioButton::indicator:checked:focus { border: 5px solid @accentText@; width: 6px; height: 6px; border-radius: 8px; }
QCheckBox:disabled, QRadioButton:disabled { color: @disabled@; }

QTableView, QTreeView, QListView { background: @base@; alternate-background-color: @alternate@; border: 2px solid transparent;
  gridline-color: transparent; outline: 0; selection-background-color: @selection@; }
QTableView::item, QTreeView::item, QListView::item { border-bottom: 1px solid @line@; padding: 0 4px; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected { background: @selection@; }
QTableView::indicator { width: 14px; height: 14px; border: 1px solid @field@; border-radius: 3px; background: @base@; }
QTableView::indicator:checked { background: @accent@; border-color: @accent@; image: url(:/icons/control-check.svg); }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid @accentText@; }
QHeaderView { background: @head@; border: none; }
QHeaderView::section { background: @head@; color: @text2@; border: none; border-bottom: 1px solid @border@; padding: 0 7px;
  height: 27px; font-size: @9pt@; }
QHeaderView::section:hover { color: @text@; }
QHeaderView::up-arrow { image: url(:/icons/control-up-@theme@.svg); width: 8px; height: 8px;
  subcontrol-position: center right; right: 4px; }
QHeaderView::down-arrow { image: url(:/icons/control-down-@theme@.svg); width: 8px; height: 8px;
  subcontrol-position: center right; right: 4px; }
QTableCornerButton::section { background: @head@; border: none; border-bottom: 1px solid @border@; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @thumb@; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @field@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: transparent; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[ground="panel"] { background: @base@; }

QSlider { min-height: 24px; background: transparent; }
QSlider::groove:horizontal { height: 2px; background: @border@; }
QSlider::sub-page:horizontal { height: 2px; background: @accentText@; }
QSlider::handle:horizontal { width: 9px; height: 9px; margin: -5px 0; border: 1px solid @accentText@; border-radius: 5px;
  background: @base@; }
QSlider:focus { border: none; }
QSlider::handle:horizontal:focus { border: 2px solid @accentText@; width: 10px; height: 10px; margin: -6px 0; border-radius: 7px; }

QTabWidget::pane { border: none; border-top: 1px solid @line@; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { color: @text2@; background: transparent; border: none; border-bottom: 2px solid transparent; padding: 0 10px;
  height: 30px; }
QTabBar::tab:selected { color: @text@; border-bottom-color: @accentText@; font-weight: 600; }
QTabBar::tab:hover { color: @text@; }
QTabBar::tab:focus { border: 2px solid @accentText@; border-radius: 3px; }
QSplitter::handle { background: transparent; }
QGroupBox { border: none; margin-top: 20px; }
QGroupBox::title { subcontrol-origin: margin; left: 0; color: @text2@; font-size: @9pt@; }

*[panel="true"] { background: @base@; border: 1px solid @border@; border-radius: 4px; }
*[dropTarget="true"] { border: 2px dashed @accentText@; border-radius: 4px; }
*[ruleBelow="true"] { border: none; border-bottom: 1px solid @line@; }
*[ruleAbove="true"] { border: none; border-top: 1px solid @line@; }
*[ruleLeft="true"] { border: none; border-left: 1px solid @line@; }
*[note="info"] { background: @accentSoft@; border: none; border-radius: 4px; }
*[note="ok"] { background: @okFill@; border: none; border-radius: 4px; }
*[note="warning"] { background: @warningFill@; border: none; border-radius: 4px; }
*[note="error"] { background: @errorFill@; border: none; border-radius: 4px; }

*[segment] { background: @base@; border: none; border-right: 1px solid @border@; border-radius: 0; padding: 0 10px;
  min-height: 26px; max-height: 26px; color: @text@; }
*[segment="first"] { border-top-left-radius: 3px; border-bottom-left-radius: 3px; }
*[segment="last"] { border-right: none; border-top-right-radius: 3px; border-bottom-right-radius: 3px; }
*[segment]:hover { background: @alternate@; }
*[segment]:checked { background: @selection@; font-weight: 600; }
*[segment]:focus { border: 2px solid @accentText@; padding: 0 9px 0 8px; min-height: 22px; max-height: 22px; }
*[segment]:disabled { color: @disabled@; background: @base@; }
*[segmentSmall="true"] { min-height: 22px; max-height: 22px; padding: 0 8px; font-size: @9pt@; }
*[segmentSmall="true"]:focus { min-height: 18px; max-height: 18px; padding: 0 7px 0 6px; }
*[segments="true"] { background: @base@; border: 1px solid @field@; border-radius: 4px; }

QStatusBar, *[statusBar="true"] { background: @sidebar@; border-top: 1px solid @border@; color: @text2@; font-size: @9pt@; }
*[statusBar="true"] QLabel { color: @text2@; font-size: @9pt@; }
*[statusBar="true"] QLabel[strong="true"] { color: @text@; font-weight: 600; }
*[statusBar="true"] QPushButton { min-height: 18px; max-height: 18px; font-size: @9pt@; }

*[textRole="title"] { font-size: @15pt@; font-weight: 600; }
*[textRole="panelTitle"] { font-weight: 600; }
*[textRole="keyFigure"] { font-size: @11.5pt@; font-weight: 600; }
*[textRole="secondary"] { font-size: @9pt@; }
*[textRole="caption"] { font-size: @8.25pt@; }
*[textRole="reading"] { font-size: @10.5pt@; }
*[textRole="code"] { font-family: @code@; font-size: @9pt@; }
*[tone="secondary"] { color: @text2@; }
*[tone="tertiary"] { color: @text3@; }
*[tone="accent"] { color: @accentText@; }
*[tone="onAccent"] { color: @onAccent@; }
*[tone="ok"] { color: @okText@; }
*[tone="warning"] { color: @warningText@; }
*[tone="error"] { color: @errorText@; }
QLabel { background: transparent; }
QLabel:disabled { color: @disabled@; }
)";

std::vector<std::pair<QString, QString>> values(const ThemeTokens& t) {
    const auto entry = [](const char* name, const QColor& color) {
        return std::pair<QString, QString>(QLatin1String(name), color.name());
    };
    return {entry("window", t.window),
            entry("sidebar", t.sidebar),
            entry("base", t.base),
            entry("alternate", t.alternate),
            entry("head", t.head),
            entry("border", t.border),
            entry("line", t.line),
            entry("field", t.field),
            entry("text", t.text),
            entry("text2", t.text2),
            entry("text3", t.text3),
            entry("disabled", t.disabled),
            entry("accent", t.accent),
            entry("accentHover", blend(t.accent, t.text, t.dark ? 0.08 : 0.15)),
            entry("onAccent", t.onAccent),
            entry("accentText", t.accentText),
            entry("accentSoft", t.accentSoft),
            entry("selection", t.selection),
            entry("hover", blend(t.window, t.field, 0.18)),
            entry("thumb", blend(t.base, t.field, 0.55)),
            entry("okText", t.ok.text),
            entry("okFill", t.ok.fill),
            entry("warningText", t.warning.text),
            entry("warningFill", t.warning.fill),
            entry("errorText", t.error.text),
            entry("errorFill", t.error.fill),
            {QStringLiteral("theme"), t.dark ? QStringLiteral("dark") : QStringLiteral("light")}};
}

// Heights from the least that holds a line of text on: what is lower is a line, a mark or a scroll bar, and
// what is very high means "no limit".
constexpr int kLeastTextHeight = 18;
constexpr int kMostTextHeight = 100;

QString withHeights(const QString& sheet, int growth) {
    static const QRegularExpression height(QStringLiteral("height: (\\d+)px"));
    QString grown;
    qsizetype from = 0;
    for (auto each = height.globalMatch(sheet); each.hasNext();) {
        const QRegularExpressionMatch match = each.next();
        const int pixels = match.captured(1).toInt();
        const bool text = pixels >= kLeastTextHeight && pixels <= kMostTextHeight;
        grown += sheet.mid(from, match.capturedStart(1) - from);
        grown += QString::number(text ? pixels + growth : pixels);
        from = match.capturedEnd(1);
    }
    return grown + sheet.mid(from);
}

}  // namespace

QString buildStyleSheet(const ThemeTokens& tokens, qreal bodyPoints, const QStringList& codeFamilies,
                        int growth) {
    QString sheet = growth > 0 ? withHeights(QLatin1String(kSheet), growth) : QLatin1String(kSheet);
    sheet.replace(QStringLiteral("@code@"), u'"' + codeFamilies.join(QStringLiteral("\", \"")) + u'"');
    for (const auto& [name, value] : values(tokens)) sheet.replace(u'@' + name + u'@', value);
    for (const char* size : {"8.25", "9", "10.5", "11.5", "15"}) {
        const qreal points = QLocale::c().toDouble(QLatin1String(size)) * bodyPoints / 10.0;
        sheet.replace(QStringLiteral("@%1pt@").arg(QLatin1String(size)),
                      QString::number(points, 'f', 2) + QStringLiteral("pt"));
    }
    return sheet;
}

}  // namespace studio::ui
