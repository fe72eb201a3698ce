// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/split_dialog.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>
#include <limits>
#include <unordered_map>

#include "core/storage/project.h"
#include "ui/text/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/key_figures.h"
#include "ui/widgets/note_bar.h"

namespace studio::ui {

namespace {

constexpr int kPreviewDelayMs = 200;

QDoubleSpinBox* makeShare(double percent, QWidget* parent) {
    auto* box = new QDoubleSpinBox(parent);
    box->setRange(0, 90);
    box->setDecimals(1);
    box->setSuffix(QStringLiteral(" %"));
    box->setValue(percent);
    return box;
}

}  // namespace

SplitDialog::SplitDialog(const std::filesystem::path& project, QWidget* parent)
    : DialogFrame(parent), m_project(project) {
    const SplitSettings defaults;
    m_validation = makeShare(defaults.validationShare * 100, this);
    m_test = makeShare(defaults.testShare * 100, this);
    m_seed = new QSpinBox(this);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setValue(static_cast<int>(defaults.seed));
    QWidget* const fields[] = {m_validation, m_test, m_seed};
    column()->setSpacing(12);
    m_intro = new QLabel(this);
    m_intro->setWordWrap(true);
    m_intro->setMinimumWidth(wordRoom(480));
    column()->addWidget(m_intro);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    for (int i = 0; i < 3; ++i) {
        m_labels[i] = new QLabel(this);
        m_labels[i]->setBuddy(fields[i]);
        m_helps[i] = new QLabel(this);
        setTextRole(m_helps[i], TextRole::Secondary);
        setTone(m_helps[i], Tone::Tertiary);
        m_helps[i]->setWordWrap(true);
        fields[i]->setFixedWidth(wordRoom(120));
        grid->addWidget(m_labels[i], i, 0);
        grid->addWidget(fields[i], i, 1);
        grid->addWidget(m_helps[i], i, 2);
    }
    grid->setColumnStretch(2, 1);
    column()->addLayout(grid);
    m_figures = new KeyFigures(KeyFigures::Form::Boxes, this);
    for (int i = 0; i < 4; ++i) m_figures->addFigure({});
    column()->addWidget(m_figures);
    m_note = new NoteBar(this);
    column()->addWidget(m_note);
    m_delay = new QTimer(this);
    m_delay->setSingleShot(true);
    m_delay->setInterval(kPreviewDelayMs);
    connect(m_delay, &QTimer::timeout, this, &SplitDialog::preview);
    connect(m_validation, &QDoubleSpinBox::valueChanged, m_delay, qOverload<>(&QTimer::start));
    connect(m_test, &QDoubleSpinBox::valueChanged, m_delay, qOverload<>(&QTimer::start));
    connect(m_seed, &QSpinBox::valueChanged, m_delay, qOverload<>(&QTimer::start));
    connect(acceptButton(), &QPushButton::clicked, this, [this] {
        Q_EMIT splitChosen(settings());
        accept();
    });
    retranslate();
    preview();
}

SplitSettings SplitDialog::settings() const {
    SplitSettings settings;
    settings.validationShare = m_validation->value() / 100;
    settings.testShare = m_test->value() / 100;
    settings.seed = static_cast<std::uint64_t>(m_seed->value());
    return settings;
}

QString SplitDialog::previewText(int figure) const {
    return m_figures->value(figure);
}

void SplitDialog::preview() {
    m_runner.run<Preview>(
        [folder = m_project, wanted = settings()](const std::stop_token& stop) {
            RecordQuery query;
            query.status = RecordStatus::Accepted;
            const auto records = Project::open(folder)->records(query);
            throwIfStopped(stop);
            std::unordered_map<std::int64_t, Split> now;
            for (const Record& record : records) now.emplace(record.id, record.split);
            Preview result;
            for (const SplitAssignment& each : dealSplits(records, wanted)) {
                result.train += each.split == Split::Train;
                result.validation += each.split == Split::Validation;
                result.test += each.split == Split::Test;
                result.changed += now[each.recordId] != each.split;
            }
            return result;
        },
        [this](const Preview& result) { show(result); },
        [this](const Error& error) {
            const ErrorText text = errorText(error);
            m_note->setNote(NoteKind::Error, text.cause + u' ' + text.nextStep, text.details);
            acceptButton()->setEnabled(false);
        });
}

void SplitDialog::show(const Preview& preview) {
    m_note->clear();
    const QLocale locale;
    const qint64 all = qMax<qint64>(1, preview.train + preview.validation + preview.test);
    const auto percent = [&](qint64 rows) {
        return tr("%1 %").arg(
            locale.toString(100.0 * static_cast<double>(rows) / static_cast<double>(all), 'f', 1));
    };
    m_figures->setValue(0, locale.toString(preview.train), percent(preview.train));
    m_figures->setValue(1, locale.toString(preview.validation), percent(preview.validation));
    m_figures->setValue(2, locale.toString(preview.test), percent(preview.test));
    m_figures->setValue(3, locale.toString(preview.changed), tr("of the accepted rows"));
    acceptButton()->setEnabled(preview.train > 0);
    if (preview.train == 0)
        m_note->setNote(NoteKind::Warning,
                        tr("No row would be left to train on. Accept more rows, or lower the shares."));
}

void SplitDialog::retranslate() {
    setWindowTitle(tr("Split the rows"));
    m_intro->setText(
        tr("All accepted rows are dealt anew. Rows with the same instruction and input always land in the "
           "same split, so that no test question was trained on. Undo brings the old split back."));
    m_labels[0]->setText(tr("Validation"));
    m_helps[0]->setText(tr("Evaluation loss while training."));
    m_labels[1]->setText(tr("Test"));
    m_helps[1]->setText(tr("For Compare. Training never looks at it."));
    m_labels[2]->setText(tr("Seed"));
    m_helps[2]->setText(tr("The same seed deals the same rows in the same way."));
    m_figures->setLabel(0, tr("Train"));
    m_figures->setLabel(1, tr("Validation"));
    m_figures->setLabel(2, tr("Test"));
    m_figures->setLabel(3, tr("Change their split"));
    acceptButton()->setText(tr("Split the rows"));
}

void SplitDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    DialogFrame::changeEvent(event);
}

}  // namespace studio::ui
