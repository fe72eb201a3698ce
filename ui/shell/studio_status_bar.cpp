// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/studio_status_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QTimer>

#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/progress_line.h"

namespace studio::ui {

namespace {

constexpr int kMessageMilliseconds = 10'000;
constexpr int kUsageMilliseconds = 2'000;

// A figure at the right end, with the line that separates it from its neighbour.
class Section : public QWidget {
public:
    Section(QWidget* content, QWidget* icon, QWidget* parent) : QWidget(parent) {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(12, 0, 12, 0);
        row->setSpacing(6);
        if (icon) row->addWidget(icon);
        row->addWidget(content);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter(this).fillRect(0, (height() - 16) / 2, 1, 16, tokensOf(this).border);
    }
};

}  // namespace

QString gigabytes(std::uint64_t bytes) {
    return QLocale().toString(static_cast<double>(bytes) / 1e9, 'f', 1);
}

StudioStatusBar::StudioStatusBar(QWidget* parent)
    : QWidget(parent),
      m_tick(new IconLabel(Icon::Check, Tone::Secondary, 14, this)),
      m_left(new ElidedLabel(this)),
      m_action(new QPushButton(this)),
      m_jobName(new QLabel(this)),
      m_jobBar(new ProgressLine(this)),
      m_jobText(new QLabel(this)),
      m_device(new QLabel(this)),
      m_memory(new QLabel(this)),
      m_disk(new QLabel(this)),
      m_messageTimer(new QTimer(this)),
      m_usageTimer(new QTimer(this)) {
    setFixedHeight(lineRoom(24));
    setProperty("statusBar", true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 1, 4, 0);
    row->setSpacing(6);
    m_jobName->setProperty("strong", true);
    m_jobBar->setFixedWidth(96);
    row->addWidget(m_jobName);
    row->addWidget(m_jobBar);
    row->addWidget(m_jobText);
    row->addWidget(m_tick);
    row->addWidget(m_left, 1);
    setButtonLook(m_action, ButtonLook::Link);
    row->addWidget(m_action);
    row->addStretch(0);
    m_deviceBox = new Section(m_device, new IconLabel(Icon::Cpu, Tone::Secondary, 14, this), this);
    row->addWidget(m_deviceBox);
    row->setSpacing(6);
    row->addWidget(new Section(m_memory, nullptr, this));
    row->addWidget(new Section(m_disk, nullptr, this));
    m_messageTimer->setSingleShot(true);
    m_messageTimer->setInterval(kMessageMilliseconds);
    m_usageTimer->setInterval(kUsageMilliseconds);
    connect(m_messageTimer, &QTimer::timeout, this, &StudioStatusBar::clearMessage);
    connect(m_usageTimer, &QTimer::timeout, this, &StudioStatusBar::refreshUsage);
    connect(m_action, &QPushButton::clicked, this, &StudioStatusBar::messageAction);
    m_deviceBox->setVisible(false);
    clearJob();
    refreshUsage();
}

void StudioStatusBar::setSavedText(const QString& text) {
    m_saved = text;
    refreshLeft();
}

void StudioStatusBar::showMessage(const QString& text) {
    showMessage(text, {});
}

void StudioStatusBar::showMessage(const QString& text, const QString& actionText) {
    m_message = text;
    m_action->setText(actionText);
    m_messageTimer->start();
    refreshLeft();
}

void StudioStatusBar::clearMessage() {
    m_messageTimer->stop();
    m_message.clear();
    m_action->setText({});
    refreshLeft();
}

void StudioStatusBar::setJob(const JobStatus& job) {
    m_hasJob = true;
    m_jobName->setText(job.name);
    if (job.indeterminate)
        m_jobBar->setIndeterminate(true);
    else
        m_jobBar->setValue(job.share);
    QStringList parts;
    for (const QString& part : {job.progressText, job.timeLeft})
        if (!part.isEmpty()) parts.push_back(part);
    m_jobText->setText(parts.join(QStringLiteral(" · ")));
    refreshLeft();
}

void StudioStatusBar::clearJob() {
    m_hasJob = false;
    refreshLeft();
}

void StudioStatusBar::setDevice(const QString& text) {
    m_device->setText(text);
    m_deviceBox->setVisible(!text.isEmpty());
}

void StudioStatusBar::setProjectFolder(const QString& folder) {
    m_folder = folder;
    refreshUsage();
}

QString StudioStatusBar::leftText() const {
    return m_left->text();
}

void StudioStatusBar::refreshLeft() {
    m_jobName->setVisible(m_hasJob);
    m_jobBar->setVisible(m_hasJob);
    m_jobText->setVisible(m_hasJob);
    const bool message = !m_message.isEmpty();
    m_left->setText(message ? m_message : m_hasJob ? QString() : m_saved);
    m_tick->setVisible(!message && !m_hasJob && !m_saved.isEmpty());
    m_action->setVisible(message && !m_action->text().isEmpty());
}

void StudioStatusBar::refreshUsage() {
    m_usage = readSystemUsage(m_folder);
    retranslate();
}

void StudioStatusBar::retranslate() {
    m_memory->setText(tr("Memory %1 of %2 GB")
                          .arg(gigabytes(m_usage.memoryUsedBytes), gigabytes(m_usage.memoryTotalBytes)));
    m_memory->setToolTip(tr("This program uses %1 GB of it").arg(gigabytes(m_usage.ownMemoryBytes)));
    m_disk->parentWidget()->setVisible(m_usage.diskFreeBytes > 0);
    m_disk->setText(tr("Disk %1 GB free").arg(gigabytes(m_usage.diskFreeBytes)));
    m_disk->setToolTip(tr("On the disk of this project"));
}

void StudioStatusBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const ThemeTokens& tokens = tokensOf(this);
    painter.fillRect(rect(), tokens.sidebar);
    painter.fillRect(0, 0, width(), 1, tokens.border);
}

void StudioStatusBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        clearMessage();  // said in the language before
        retranslate();
    }
    QWidget::changeEvent(event);
}

void StudioStatusBar::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refreshUsage();
    m_usageTimer->start();
}

void StudioStatusBar::hideEvent(QHideEvent* event) {
    m_usageTimer->stop();
    QWidget::hideEvent(event);
}

}  // namespace studio::ui
