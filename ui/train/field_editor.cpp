// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/field_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QStyle>
#include <cmath>

#include "ui/text/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_combo_box.h"

namespace studio::ui {

namespace {

// The C locale: settings are written as on the command line, where a comma would be a mistake.
QString realText(double number) {
    const double size = std::abs(number);
    if (number == 0.0 || (size >= 1e-2 && size < 1e6)) return QString::number(number, 'g', 10);
    QString text = QString::number(number, 'e', 6);
    const int e = static_cast<int>(text.indexOf(QLatin1Char('e')));
    return QString::number(text.left(e).toDouble(), 'g', 7) +
           QStringLiteral("e%1").arg(text.mid(e + 1).toInt());
}

}  // namespace

QString settingText(const FieldValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return QString::number(*whole);
    if (const auto* real = std::get_if<double>(&value)) return realText(*real);
    if (const auto* on = std::get_if<bool>(&value))
        return *on ? QStringLiteral("true") : QStringLiteral("false");
    return QString::fromStdString(std::get<std::string>(value));
}

FieldEditor::FieldEditor(const Field& field, QWidget* parent) : QWidget(parent), m_field(field) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    if (field.kind == Field::Kind::Switch) {
        m_box = new QCheckBox(this);
        connect(m_box, &QCheckBox::toggled, this, &FieldEditor::edited);
        row->addWidget(m_box);
        row->addStretch(1);
    } else if (field.kind == Field::Kind::Choice && field.choices.size() == 1) {
        m_only = new QLabel(this);
        row->addWidget(m_only, 1);
    } else if (!field.choices.empty()) {
        m_list = new ElidedComboBox(this);
        m_list->setEditable(field.kind == Field::Kind::Text);
        fillChoices();
        connect(m_list, &QComboBox::currentTextChanged, this, &FieldEditor::edited);
        row->addWidget(m_list, 1);
    } else {
        m_line = new QLineEdit(this);
        connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::edited);
        row->addWidget(m_line, 1);
    }
    if (!field.unit.empty()) {
        m_unit = new QLabel(this);
        setTone(m_unit, Tone::Secondary);
        row->addWidget(m_unit);
    }
    setFocusProxy(control());
    QWidget* asked = m_list && m_list->isEditable() ? static_cast<QWidget*>(m_list->lineEdit()) : control();
    asked->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(asked, &QWidget::customContextMenuRequested, this,
            [this, asked](const QPoint& at) { Q_EMIT menuRequested(asked->mapToGlobal(at)); });
    setValue(field.defaultValue);
}

QMenu* FieldEditor::makeMenu() {
    QLineEdit* line = m_line ? m_line : m_list ? m_list->lineEdit() : nullptr;
    return line ? line->createStandardContextMenu() : new QMenu(this);
}

void FieldEditor::setHelp(const QString& help) {
    control()->setAccessibleDescription(help);
}

QWidget* FieldEditor::control() const {
    if (m_line) return m_line;
    if (m_list) return m_list;
    if (m_box) return m_box;
    return m_only;
}

QString FieldEditor::choiceText(const std::string& choice) const {
    // Plain words, or the spelling that people know.
    if (m_field.name == "method" && choice == "full") return tr("All weights");
    if (choice == "lora") return QStringLiteral("LoRA");
    if (choice == "adamw") return QStringLiteral("AdamW");
    if (choice == "adamw8bit") return tr("AdamW, 8-bit moments");
    if (choice == "sgd") return QStringLiteral("SGD");
    return m_list && m_list->isEditable() ? QString::fromStdString(choice) : fieldText(choice);
}

void FieldEditor::fillChoices() {
    for (const std::string& choice : m_field.choices) {
        m_list->addItem(choiceText(choice), QString::fromStdString(choice));
    }
}

void FieldEditor::retranslate() {
    if (m_unit) m_unit->setText(fieldText(m_field.unit));
    if (m_only) m_only->setText(choiceText(m_field.choices.front()));
    if (m_list && !m_list->isEditable()) {
        const QSignalBlocker quiet(m_list);
        for (int i = 0; i < m_list->count(); ++i) {
            m_list->setItemText(i, choiceText(m_field.choices[static_cast<std::size_t>(i)]));
        }
    }
    control()->setAccessibleName(fieldText(m_field.label));
}

void FieldEditor::setValue(const FieldValue& value) {
    const QSignalBlocker quiet(control());
    if (m_box) m_box->setChecked(std::get<bool>(value));
    if (m_line) m_line->setText(settingText(value));
    if (m_list && m_list->isEditable())
        m_list->setEditText(settingText(value));
    else if (m_list)
        m_list->setCurrentIndex(m_list->findData(settingText(value)));
}

QString FieldEditor::valueText(const FieldValue& value) const {
    if (const auto* on = std::get_if<bool>(&value)) return *on ? tr("on") : tr("off");
    if (m_list && !m_list->isEditable()) return choiceText(std::get<std::string>(value));
    return settingText(value);
}

std::optional<FieldValue> FieldEditor::value() const {
    if (m_box) return FieldValue(m_box->isChecked());
    if (m_only) return FieldValue(m_field.choices.front());
    if (m_list && !m_list->isEditable()) return FieldValue(m_list->currentData().toString().toStdString());
    const QString text = (m_list ? m_list->currentText() : m_line->text()).trimmed();
    bool readable = true;
    switch (m_field.kind) {
        case Field::Kind::Integer: {
            const qint64 whole = text.toLongLong(&readable);
            if (readable) return FieldValue(std::int64_t{whole});
            return std::nullopt;
        }
        case Field::Kind::Real: {
            const double real = text.toDouble(&readable);
            if (readable && std::isfinite(real)) return FieldValue(real);
            return std::nullopt;
        }
        default:
            return FieldValue(text.toStdString());
    }
}

void markBad(QWidget& control, bool bad) {
    if (control.property("bad").toBool() == bad) return;
    control.setProperty("bad", bad);
    control.style()->unpolish(&control);
    control.style()->polish(&control);
}

void FieldEditor::setBad(bool bad) {
    markBad(*control(), bad);
}

void FieldEditor::setUnitVisible(bool visible) {
    if (m_unit) m_unit->setVisible(visible);
}

}  // namespace studio::ui
