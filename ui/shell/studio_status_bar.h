// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/shell/system_usage.h"

class QLabel;
class QPushButton;
class QTimer;

namespace studio::ui {

class ElidedLabel;
class IconLabel;
class ProgressLine;

/// A running job as the status bar shows it on every page.
struct JobStatus {
    QString name;                ///< "round-3-full"
    double share = 0.0;          ///< 0 to 1
    bool indeterminate = false;  ///< while something of unknown length loads
    QString progressText;        ///< "62 %" or "254 of 411 steps"
    QString timeLeft;            ///< "about 1 min 11 s left", empty while unknown
};

/// The 24-pixel line at the bottom of the window: what was saved or what is running at the left; device,
/// memory and free disk at the right. Reads the machine's figures itself, every two seconds while visible.
class StudioStatusBar : public QWidget {
    Q_OBJECT

public:
    explicit StudioStatusBar(QWidget* parent = nullptr);

    /// The resting text at the left, with a tick: "All changes saved".
    void setSavedText(const QString& text);
    /// A passing text at the left, ten seconds long.
    void showMessage(const QString& text);
    /// As showMessage, with a button ("Undo") that emits messageAction().
    void showMessage(const QString& text, const QString& actionText);
    void setJob(const JobStatus& job);
    void clearJob();
    bool hasJob() const { return m_hasJob; }
    /// "CPU · 2 cores · float32"
    void setDevice(const QString& text);
    /// The folder whose disk is watched; empty hides the figure.
    void setProjectFolder(const QString& folder);
    QString leftText() const;

Q_SIGNALS:
    void messageAction();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void refreshUsage();
    void clearMessage();
    void refreshLeft();
    void retranslate();

    QString m_saved;
    QString m_message;
    QString m_folder;
    SystemUsage m_usage;
    bool m_hasJob = false;
    IconLabel* m_tick;
    ElidedLabel* m_left;
    QPushButton* m_action;
    QLabel* m_jobName;
    ProgressLine* m_jobBar;
    QLabel* m_jobText;
    QWidget* m_deviceBox;
    QLabel* m_device;
    QLabel* m_memory;
    QLabel* m_disk;
    QTimer* m_messageTimer;
    QTimer* m_usageTimer;
};

/// "5.7" for bytes of a figure in gigabytes (10^9), in the given or the current locale.
QString gigabytes(std::uint64_t bytes);

}  // namespace studio::ui
