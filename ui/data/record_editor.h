// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include "core/base/error.h"
#include "core/data/record.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QLabel;
class QTimer;

namespace studio::ui {

class ElidedLabel;
class ProjectSession;
class RecordTextEdit;
class RowTokenCounter;
class ShareBar;

/// The detail editor below the table: large boxes for the three texts, what the row costs in tokens, its
/// status, split and source. What is typed is stored within 300 ms, and before another row is shown, the
/// focus leaves or flush() is called; where storing fails the text stays in its box and failed() says why.
/// GUI thread.
class RecordEditor : public Panel {
    Q_OBJECT

public:
    enum class Field { Instruction, Input, Response };

    RecordEditor(ProjectSession& session, RowTokenCounter& counter, QWidget* parent = nullptr);
    ~RecordEditor() override;

    /// Stores what is pending, then shows another record (0 for none). False where storing failed: then the
    /// old one stays.
    bool showRecord(qint64 id);
    qint64 recordId() const { return m_record ? m_record->id : 0; }
    /// Stores what was typed. False where that failed.
    bool flush();
    bool hasPendingText() const;
    void focusField(Field field);
    RecordTextEdit* box(Field field) const { return m_boxes[static_cast<std::size_t>(field)]; }
    /// Which of the arrow buttons lead somewhere.
    void setNeighbours(bool previous, bool next);
    void retranslate();

Q_SIGNALS:
    void previousRequested();
    void nextRequested();
    void duplicateRequested();
    void deleteRequested();
    void failed(const studio::Error& error);
    void stored();

private:
    static constexpr std::size_t kFields = 3;

    QWidget* makeFields();
    QWidget* makeFacts();
    void textEdited(std::size_t field);
    void recordEdited(qint64 id);
    void load(const std::optional<Record>& record);
    void showFacts();
    void showTokens();
    void storeChoices();
    Record withTexts() const;

    ProjectSession& m_session;
    RowTokenCounter& m_counter;
    std::optional<Record> m_record;
    std::array<bool, kFields> m_dirty{};
    bool m_saving = false;
    bool m_unsaved = false;  // storing failed and the text is still here

    std::array<RecordTextEdit*, kFields> m_boxes{};
    std::array<QLabel*, kFields> m_names{};
    std::array<QLabel*, kFields> m_counts{};
    Badge* m_statusBadge;
    Badge* m_provenanceBadge;
    QLabel* m_savedLabel;
    QPushButton* m_duplicate;
    QPushButton* m_delete;
    QPushButton* m_previous;
    QPushButton* m_next;
    QLabel* m_templateName;
    QLabel* m_templateTokens;
    ShareBar* m_templateBar;
    QLabel* m_templateParts;
    QLabel* m_statusName;
    QLabel* m_splitName;
    QLabel* m_sourceName;
    QComboBox* m_status;
    QComboBox* m_split;
    ElidedLabel* m_source;
    QTimer* m_saveTimer;
    QTimer* m_countTimer;
};

}  // namespace studio::ui
