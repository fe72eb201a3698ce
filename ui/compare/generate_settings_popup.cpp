// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/generate_settings_popup.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScreen>
#include <QSpinBox>

#include "ui/text/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/help_label.h"

namespace studio::ui {

namespace {

constexpr int kStopLines = 2;

/// One stop text a line; a line break within it is written \n.
std::vector<std::string> stopTexts(const QString& lines) {
    std::vector<std::string> stops;
    for (QString line : lines.split(u'\n', Qt::SkipEmptyParts))
        stops.push_back(line.replace(QStringLiteral("\\n"), QStringLiteral("\n")).toStdString());
    return stops;
}

QString stopLines(const std::vector<std::string>& stops) {
    QStringList lines;
    for (const std::string& stop : stops)
        lines.push_back(QString::fromStdString(stop).replace(u'\n', QStringLiteral("\\n")));
    return lines.join(u'\n');
}

}  // namespace

GenerateSettingsPopup::GenerateSettingsPopup(QWidget* parent) : QFrame(parent, Qt::Popup) {
    setProperty("panel", true);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    int row = 0;
    for (const Field& field : generateFields()) {
        auto* name = new QLabel(this);
        QWidget* control = makeControl(field);
        QLabel* help = helpLabel(this);
        name->setBuddy(control);
        m_controls.insert(QString::fromStdString(field.name), control);
        grid->addWidget(name, row, 0);
        grid->addWidget(control, row, 1);
        grid->addWidget(help, row++, 2);
        m_lines.push_back({field, name, help});
    }
    m_stopName = new QLabel(this);
    m_stop = new QPlainTextEdit(this);
    m_stop->setTabChangesFocus(true);
    m_stop->setFixedHeight(56 + kStopLines * lineRoom(0));
    m_stopName->setBuddy(m_stop);
    m_stopHelp = helpLabel(this);
    grid->addWidget(m_stopName, row, 0);
    grid->addWidget(m_stop, row, 1);
    grid->addWidget(m_stopHelp, row, 2);
    grid->setColumnMinimumWidth(1, wordRoom(160));
    grid->setColumnMinimumWidth(2, wordRoom(280));
    connect(m_stop, &QPlainTextEdit::textChanged, this, &GenerateSettingsPopup::takeStops);
    retranslate();
    setSettings(m_settings);
}

QWidget* GenerateSettingsPopup::makeControl(const Field& field) {
    if (field.kind == Field::Kind::Integer) {
        auto* box = new QSpinBox(this);
        box->setRange(static_cast<int>(field.minimum), static_cast<int>(field.maximum));
        box->setGroupSeparatorShown(true);
        connect(box, &QSpinBox::valueChanged, this,
                [this, name = field.name](int value) { take(name, static_cast<std::int64_t>(value)); });
        return box;
    }
    auto* box = new QDoubleSpinBox(this);
    box->setDecimals(field.minimum > 0 && field.minimum < 0.01 ? 3 : 2);
    box->setSingleStep(0.05);
    box->setRange(field.minimum, field.maximum);
    connect(box, &QDoubleSpinBox::valueChanged, this,
            [this, name = field.name](double value) { take(name, value); });
    return box;
}

void GenerateSettingsPopup::setSettings(const GenerateSettings& settings) {
    m_showing = true;
    m_settings = settings;
    for (const Line& line : m_lines) {
        const FieldValue held = value(settings, line.field.name);
        QWidget* control = m_controls.value(QString::fromStdString(line.field.name));
        if (auto* whole = qobject_cast<QSpinBox*>(control))
            whole->setValue(static_cast<int>(std::get<std::int64_t>(held)));
        else if (auto* real = qobject_cast<QDoubleSpinBox*>(control))
            real->setValue(std::get<double>(held));
    }
    const QString stops = stopLines(settings.stop);
    if (m_stop->toPlainText() != stops) m_stop->setPlainText(stops);
    m_showing = false;
}

void GenerateSettingsPopup::take(const std::string& field, const FieldValue& value) {
    if (m_showing) return;
    setValue(m_settings, field, value);
    report();
}

void GenerateSettingsPopup::takeStops() {
    if (m_showing) return;
    m_settings.stop = stopTexts(m_stop->toPlainText());
    report();
}

// Rules between fields are said where their help stands, and nothing is reported until they hold.
void GenerateSettingsPopup::report() {
    const std::vector<FieldIssue> issues = validate(m_settings);
    for (const Line& line : m_lines) {
        const FieldIssue* mine = nullptr;
        for (const FieldIssue& issue : issues) {
            if (issue.field == line.field.name) mine = &issue;
        }
        line.help->setText(mine ? fieldIssueText(*mine) : fieldText(line.field.help));
        setTone(line.help, mine ? Tone::Error : Tone::Secondary);
    }
    if (issues.empty()) Q_EMIT settingsChanged(m_settings);
}

void GenerateSettingsPopup::openBelow(QWidget* anchor) {
    adjustSize();
    QPoint corner = anchor->mapToGlobal(QPoint(anchor->width() - width(), anchor->height() + 4));
    const QRect room = anchor->screen()->availableGeometry();
    corner.setX(qBound(room.left(), corner.x(), qMax(room.left(), room.right() - width())));
    corner.setY(qBound(room.top(), corner.y(), qMax(room.top(), room.bottom() - height())));
    move(corner);
    show();
    if (!m_lines.empty()) m_controls.value(QString::fromStdString(m_lines.front().field.name))->setFocus();
}

// The page has Escape as a key of its own and would take it before the popup hears of it.
bool GenerateSettingsPopup::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape && key->modifiers() == Qt::NoModifier) {
            event->accept();
            if (event->type() == QEvent::KeyPress) close();
            return true;
        }
    }
    return QFrame::event(event);
}

void GenerateSettingsPopup::retranslate() {
    setAccessibleName(tr("How answers are generated"));
    for (const Line& line : m_lines) {
        line.name->setText(fieldText(line.field.label));
        line.help->setText(fieldText(line.field.help));
    }
    m_stopName->setText(tr("Stop texts"));
    m_stopHelp->setText(tr("An answer ends before the first of these; one a line, \\n for a line break."));
}

QString settingsLine(const GenerateSettings& settings) {
    const QLocale locale;
    QStringList parts;
    parts.push_back(
        settings.temperature <= 0
            ? GenerateSettingsPopup::tr("Greedy")
            : GenerateSettingsPopup::tr("Temperature %1").arg(locale.toString(settings.temperature)));
    if (settings.temperature > 0 && settings.topK > 0)
        parts.push_back(GenerateSettingsPopup::tr("top-k %1").arg(locale.toString(qint64(settings.topK))));
    if (settings.temperature > 0 && settings.topP < 1)
        parts.push_back(GenerateSettingsPopup::tr("top-p %1").arg(locale.toString(settings.topP)));
    parts.push_back(
        GenerateSettingsPopup::tr("at most %Ln token(s)", nullptr, static_cast<int>(settings.maxNewTokens)));
    if (!settings.stop.empty())
        parts.push_back(
            GenerateSettingsPopup::tr("%Ln stop text(s)", nullptr, static_cast<int>(settings.stop.size())));
    parts.push_back(GenerateSettingsPopup::tr("seed %1").arg(locale.toString(settings.seed)));
    return parts.join(QStringLiteral(" · "));
}

}  // namespace studio::ui
