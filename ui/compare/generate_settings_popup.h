// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QHash>
#include <vector>

#include "core/config/settings.h"

class QLabel;
class QPlainTextEdit;

namespace studio::ui {

/// How answers are generated, for both arms: one line a field of the field table, and the stop texts. Opens
/// below the link that asks for it; every sound change is reported at once.
class GenerateSettingsPopup : public QFrame {
    Q_OBJECT

public:
    explicit GenerateSettingsPopup(QWidget* parent = nullptr);

    void setSettings(const GenerateSettings& settings);
    const GenerateSettings& settings() const { return m_settings; }
    /// The control of a field, by its name in the table.
    QWidget* control(const QString& field) const { return m_controls.value(field); }
    QPlainTextEdit* stopEdit() const { return m_stop; }
    void openBelow(QWidget* anchor);
    void retranslate();

Q_SIGNALS:
    void settingsChanged(const studio::GenerateSettings& settings);

protected:
    bool event(QEvent* event) override;

private:
    struct Line {
        Field field;
        QLabel* name;
        QLabel* help;
    };

    QWidget* makeControl(const Field& field);
    void take(const std::string& field, const FieldValue& value);
    void takeStops();
    void report();

    GenerateSettings m_settings;
    std::vector<Line> m_lines;
    QHash<QString, QWidget*> m_controls;
    QLabel* m_stopName;
    QPlainTextEdit* m_stop;
    QLabel* m_stopHelp;
    bool m_showing = false;
};

/// "Greedy · at most 64 tokens · seed 42".
QString settingsLine(const GenerateSettings& settings);

}  // namespace studio::ui
