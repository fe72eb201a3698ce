// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "core/jobs/model_library.h"
#include "ui/models/export_task.h"
#include "ui/models/model_tools.h"
#include "ui/widgets/dialog_frame.h"

class QButtonGroup;
class QComboBox;
class QLineEdit;
class QRadioButton;

namespace studio::ui {

class Dialogs;
class NoteBar;
class ProgressRow;

/// What can be exported of an entry of the models' list.
struct ExportSource {
    QString title;                  ///< as the list calls it
    QString name;                   ///< for files, and inside of them
    std::filesystem::path model;    ///< empty: the base of the adapter is not known
    std::filesystem::path adapter;  ///< a LoRA adapter that belongs to it; empty: none
    bool merges = false;            ///< the adapter is not in the model's weights yet
};
ExportSource exportSourceOf(const ModelEntry& entry);
/// False for what cannot be read. An adapter whose base is missing can still be handed on by itself.
bool canExport(const ModelEntry& entry);

/// Writes a model for other programs: as what, in which type, where to, how large it gets, and its writing.
/// Does not block the window: opened with show(). Closing it while it writes asks first. GUI thread.
class ModelExportDialog : public DialogFrame {
    Q_OBJECT

public:
    ModelExportDialog(const ExportSource& source, const ModelTools& tools, Dialogs& dialogs, QWidget* parent);
    ~ModelExportDialog() override;

    bool isExporting() const { return m_task.isExporting(); }
    const ExportSource& source() const { return m_source; }

    /// Null for Adapter where there is none.
    QRadioButton* formatButton(ExportFormat format) const;
    QComboBox* typeBox() const { return m_type; }
    QLineEdit* targetLine() const { return m_target; }
    QPushButton* browseButton() const { return m_browse; }
    QPushButton* exportButton() const { return acceptButton(); }
    ProgressRow* progress() const { return m_progress; }
    NoteBar* note() const { return m_note; }
    QString needText() const;
    QString formatHelp() const;

    void reject() override;

Q_SIGNALS:
    /// A folder is to be shown in the file manager.
    void folderRequested(const QString& folder);

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeFields();
    void connectParts();
    void connectTask();
    void retranslate();

    ExportFormat format() const;
    std::optional<GgufType> type() const;
    ModelExport request() const;
    QString suggestedName() const;
    void takeFacts(const ExportFacts& facts);
    void takeFormat();
    void fillTypes();
    void suggestTarget();
    void chooseTarget();
    void takeTarget(const QString& path, bool mayReplace);
    void measure();
    void takeNeed(const ExportNeed& need);
    void startExport();
    void begin();
    void takeStep(const ExportStep& step);
    QString writingText(const ExportStep& step) const;
    void takeResult(const ExportResult& result);
    void endWork();
    void updateState();
    void showFormatHelp();
    void showNeed();
    void askBeforeClosing();
    void askBeforeReplacing();

    ExportSource m_source;
    ModelTools m_tools;
    Dialogs& m_dialogs;
    QLabel* m_heading;
    QLabel* m_formatLabel;
    QButtonGroup* m_formats;
    QLabel* m_formatHelp;
    QLabel* m_typeLabel;
    QComboBox* m_type;
    QLabel* m_targetLabel;
    QLineEdit* m_target;
    QPushButton* m_browse;
    QLabel* m_need;
    NoteBar* m_note;
    ProgressRow* m_progress;
    std::optional<ExportFacts> m_facts;
    std::optional<ExportNeed> m_measured;
    QString m_replaced;                   ///< a file that may be overwritten: the file dialog has asked
    bool m_ownTarget = false;             ///< it was chosen here and does not follow the format
    bool m_closes = false;                ///< as soon as what goes on has stopped
    std::unique_ptr<QObject> m_question;  ///< while a question stands
    ExportTask m_task;
};

}  // namespace studio::ui
