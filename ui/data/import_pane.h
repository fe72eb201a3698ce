// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "ui/data/record_transfer.h"
#include "ui/widgets/panel.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace studio::ui {

class ImportPreviewModel;
class KeyFigures;
class NoteBar;
class ProgressLine;
class RefusedRowsModel;

/// What the Data page shows from choosing files to storing their rows: progress with Stop, then what comes
/// in, what does not and why. Stores nothing itself.
class ImportPane : public Panel {
    Q_OBJECT

public:
    explicit ImportPane(QWidget* parent = nullptr);

    void showReading(const QStringList& files);
    void showReport(std::shared_ptr<const ImportBatch> batch);
    void showStoring();
    void setProgress(const QString& file, qint64 done, qint64 total);
    std::shared_ptr<const ImportBatch> batch() const { return m_batch; }
    QPushButton* acceptButton() const { return m_accept; }
    QPushButton* cancelButton() const { return m_cancel; }
    void retranslate();

Q_SIGNALS:
    void accepted();
    /// Stop while working, Cancel in the report.
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class State { Reading, Report, Storing };

    QWidget* makeProgress();
    QWidget* makeReport();
    void showState();
    void showNotes();
    QString filesInWords() const;

    State m_state = State::Reading;
    QStringList m_files;
    std::shared_ptr<const ImportBatch> m_batch;
    qint64 m_done = 0;
    qint64 m_total = 0;
    QString m_progressFile;
    QStackedWidget* m_stack;
    ProgressLine* m_line;
    QLabel* m_progressText;
    KeyFigures* m_figures;
    NoteBar* m_notes;
    Panel* m_refusedPanel;
    Panel* m_previewPanel;
    QPushButton* m_copy;
    RefusedRowsModel* m_refused;
    ImportPreviewModel* m_preview;
    QLabel* m_promise;
    QPushButton* m_cancel;
    QPushButton* m_accept;
};

}  // namespace studio::ui
