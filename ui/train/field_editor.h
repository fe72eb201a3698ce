// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/config/field.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;

namespace studio::ui {

/// The control of one setting, made from its row of the field table: a line for numbers and texts, a list for
/// choices, a box for switches, and plain text where there is one choice only.
class FieldEditor : public QWidget {
    Q_OBJECT

public:
    FieldEditor(const Field& field, QWidget* parent = nullptr);

    const Field& field() const { return m_field; }
    void setValue(const FieldValue& value);
    /// Nothing where the text is no value of the field's kind.
    std::optional<FieldValue> value() const;
    /// A value as the control shows it.
    QString valueText(const FieldValue& value) const;
    /// Red border.
    void setBad(bool bad);
    /// The unit stands behind the control; hidden where the row says it by itself.
    void setUnitVisible(bool visible);
    /// Sets the translated texts.
    void retranslate();
    /// What takes the focus and the accessible name.
    QWidget* control() const;
    /// The control's own entries (cut, copy, paste), where it has any; a new menu that the caller owns.
    QMenu* makeMenu();
    /// What a screen reader says besides the name: the help as it stands beside the control.
    void setHelp(const QString& help);

Q_SIGNALS:
    void edited();
    /// The context menu of the control is asked for, by mouse or key.
    void menuRequested(const QPoint& globalPosition);

private:
    void fillChoices();
    QString choiceText(const std::string& choice) const;

    Field m_field;
    QLineEdit* m_line = nullptr;
    QComboBox* m_list = nullptr;
    QCheckBox* m_box = nullptr;
    QLabel* m_only = nullptr;
    QLabel* m_unit = nullptr;
};

/// Red border of a control whose text is wrong.
void markBad(QWidget& control, bool bad);

/// A number as the form writes it: whole numbers plainly, rates as 5e-4. Reads back through the field's kind.
QString settingText(const FieldValue& value);

}  // namespace studio::ui
