// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/models_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/files.h"
#include "ui/models/forecast_view.h"
#include "ui/models/model_details.h"
#include "ui/session/model_paths.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/search_field.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

constexpr int kPollMilliseconds = 5'000;    // free memory changes, and runs end elsewhere
constexpr int kProgressMilliseconds = 400;  // shorter work shows nothing

}  // namespace

ModelsPage::ModelsPage(ProjectSession& session, Dialogs& dialogs, KnownModels known, ModelTools tools,
                       QWidget* parent)
    : Page(PageId::Models, parent),
      m_session(session),
      m_dialogs(dialogs),
      m_known(std::move(known)),
      m_tools(std::move(tools)),
      m_sorted(m_model),
      m_note(new NoteBar(this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(Icon::Models, this)),
      m_poll(new QTimer(this)),
      m_viewTimer(new QTimer(this)),
      m_progressTimer(new QTimer(this)) {
    makeHead();
    m_note->setClosable(true);
    bodyLayout()->addWidget(m_note);
    bodyLayout()->addWidget(m_stack, 1);
    m_stack->addWidget(makeBody());
    m_stack->addWidget(m_empty);
    m_poll->setInterval(kPollMilliseconds);
    m_viewTimer->setSingleShot(true);
    m_viewTimer->setInterval(500);
    m_progressTimer->setSingleShot(true);
    m_progressTimer->setInterval(kProgressMilliseconds);
    connectParts();
    addKeys();
    retranslate();
    tellNames();
    adoptProject();
    if (!m_known.problem().empty()) {
        m_note->setNote(
            NoteKind::Warning,
            tr("The list of opened models was damaged and begins anew. Open the folders again; the "
               "damaged list is kept beside the new one."),
            QString::fromStdString(m_known.problem()));
    }
}

ForecastView* ModelsPage::forecast() const {
    return m_details->forecast();
}

QWidget* ModelsPage::sidePane() const {
    return m_model.rowCount() > 0 ? m_right : nullptr;
}

QString ModelsPage::sidebarNote() const {
    return m_model.rowCount() > 0 ? QLocale().toString(m_model.rowCount()) : QString();
}

// Reading
// ------------------------------------------------------------------------------------------------------

void ModelsPage::adoptProject() {
    m_tasks.cancel();
    m_forecasts.cancel();
    m_removed.reset();
    m_note->clear();
    m_firstReading = true;
    m_wanted.clear();
    restoreView();
    Q_EMIT undoStateChanged();
    reload();
}

void ModelsPage::reload() {
    LibraryRequest request;
    if (m_session.isOpen()) {
        request.project = m_session.project().folder();
        for (const ModelChoice& model : m_session.models())
            if (model.kind == ModelChoice::Kind::Folder) request.folders.push_back(model.folder);
        request.adapters = m_session.adapters();
    }
    if (!m_progressTimer->isActive() && m_firstReading) m_progressTimer->start();
    m_tablePanel->setBusy(m_firstReading);
    m_tasks.run<Reading>(
        [this, request, known = m_known, previous = m_model.models()](const std::stop_token& stop) {
            // Posted and not called: this is another thread, which ends before the page does.
            const auto tell = [this](const Progress& progress) {
                QMetaObject::invokeMethod(this, [this, progress] { showProgress(progress); });
            };
            return Reading{readModelLibrary(request, known, previous, tell, stop), memoryDevices()};
        },
        [this](const Reading& reading) { take(reading); },
        [this](const Error& error) { readingFailed(error); });
}

void ModelsPage::showProgress(const Progress& progress) {
    m_progress->setText(
        tr("Reading models: %1 of %2").arg(countText(progress.done), countText(progress.total)));
}

void ModelsPage::stopReading() {
    if (!m_tasks.isBusy()) return;
    m_tasks.cancel();
    m_progressTimer->stop();
    m_progressRow->hide();
    m_tablePanel->setBusy(false);
    m_note->clear();
    m_note->setNote(NoteKind::Info, tr("Reading was stopped: not all models are listed."));
    connect(m_note->addAction(tr("Read again")), &QPushButton::clicked, this, [this] {
        m_note->clear();
        reload();
    });
}

void ModelsPage::readingFailed(const Error& error) {
    m_progressTimer->stop();
    m_progressRow->hide();
    m_tablePanel->setBusy(false);
    showError(error);
}

void ModelsPage::take(const Reading& reading) {
    m_progressTimer->stop();
    m_progressRow->hide();
    m_tablePanel->setBusy(false);
    const auto chosen = current();
    const fs::path before = !m_wanted.empty() ? m_wanted
                            : chosen          ? chosen->folder
                            : m_firstReading  ? m_session.baseModel()
                                              : fs::path();
    m_firstReading = false;
    const int rowsBefore = m_model.rowCount();
    m_devices = reading.devices;
    const std::string device = forecast()->device().name;
    forecast()->setDevices(m_devices);
    const bool same = reading.models == m_model.models() && device == forecast()->device().name;
    m_model.setModels(reading.models);
    m_model.setFreeBytes(forecast()->device().freeBytes);
    if (!before.empty() && m_sorted.rowOf(before) >= 0) {
        if (!current() || current()->folder != before) select(before);
    } else if (!current() && m_sorted.rowCount() > 0) {
        select(m_sorted.modelAt(0)->folder);
    }
    m_wanted.clear();
    m_stack->setCurrentIndex(m_model.rowCount() > 0 ? 0 : 1);
    if (!same) computeForecasts();
    fitColumns();
    showNextStep();  // knows the base
    showCurrent();
    if (m_model.rowCount() != rowsBefore) {
        Q_EMIT sidebarNoteChanged();
        Q_EMIT sidePaneChanged();
    }
}

// A large configuration has hundreds of tensors, and there may be many models.
void ModelsPage::computeForecasts() {
    const MemoryDevice device = forecast()->device();
    using Forecasts = ModelTableModel::Forecasts;
    m_forecasts.run<Forecasts>(
        [models = m_model.models(), load = forecast()->load(), device](const std::stop_token& stop) {
            Forecasts forecasts{models};
            for (const auto& model : models) {
                throwIfStopped(stop);
                if (model->summary)
                    forecasts.each.emplace(model.get(), forecastMemory(model->summary->config, load, device));
                else if (model->adapter)
                    forecasts.each.emplace(model.get(), forecastAdapter(model->adapter->baseConfig,
                                                                        model->adapter->held, load, device));
            }
            return forecasts;
        },
        [this, device](const Forecasts& forecasts) { takeForecasts(forecasts, device); },
        [this](const Error& error) { showError(error); });
}

void ModelsPage::takeForecasts(const ModelTableModel::Forecasts& forecasts, const MemoryDevice& device) {
    m_model.setForecasts(forecasts, device.freeBytes);
    m_sorted.invalidate();
    fitColumns();
    showCurrent();
    showAdvice();
}

std::shared_ptr<const ModelEntry> ModelsPage::current() const {
    return m_sorted.modelAt(m_table->currentIndex().row());
}

void ModelsPage::select(const fs::path& folder) {
    if (m_model.rowOf(folder) >= 0 && m_sorted.rowOf(folder) < 0) {  // it is filtered away
        m_filter->clear();
        m_sorted.setText({});
        m_kind->setCurrentIndex(0);
        m_fitting->setChecked(false);
    }
    const int row = m_sorted.rowOf(folder);
    if (row < 0) {
        m_wanted = folder;
        return;
    }
    const QModelIndex index = m_sorted.index(row, ModelTableModel::NameColumn);
    m_table->selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(index);
}

// Showing
// ------------------------------------------------------------------------------------------------------

void ModelsPage::showCurrent() {
    const auto model = current();
    m_details->setModel(model);
    m_details->forecast()->setForecast(model ? m_model.forecastOf(*model) : std::nullopt);
    m_right->setTitle(model ? modelName(*model) : tr("Details"));
    const bool base = model && m_model.isBase(*model);
    m_baseBadge->set(BadgeKind::Accent, base ? tr("base") : QString(), Icon::Check);
    const bool sound = model && model->canAnswer();
    const bool open = m_session.isOpen();
    m_train->setEnabled(sound && open && !model->isAdapter);
    m_compare->setEnabled(sound && open);
    m_more->setEnabled(model != nullptr);
    const QString why = !open             ? tr("No project is open.")
                        : model && !sound ? tr("This model cannot be read.")
                                          : QString();
    const QString whyNotTrain = why.isEmpty() && model && model->isAdapter ? adapterTrainingText() : why;
    m_train->setToolTip(whyNotTrain.isEmpty()
                            ? tr("Make it the base of this project and go to Train (Ctrl+Enter)")
                            : whyNotTrain);
    m_compare->setToolTip(why.isEmpty() ? tr("Put it beside another model on Compare") : why);
    showHead();
}

void ModelsPage::showHead() {
    const int all = m_model.rowCount();
    head().setFact(tr("What this computer can answer with, adapt or train"));
    m_tablePanel->setFact(
        m_sorted.filters()
            ? tr("%1 of %2 match").arg(QLocale().toString(m_sorted.rowCount()), QLocale().toString(all))
            : tr("%Ln model(s)", nullptr, all));
}

void ModelsPage::showNextStep() {
    m_model.setBase(m_session.isOpen() ? m_session.baseModel() : fs::path());
    NextStep step;
    step.target = PageId::Train;
    step.buttonText = tr("Next: set up training");
    const fs::path base = m_session.baseModel();
    step.enabled = m_session.isOpen() && !base.empty();
    if (step.enabled) {
        const auto entry = findModel(m_model.models(), base);
        step.hint = tr("%1 is the base of this project")
                        .arg(entry ? modelName(*entry) : ProjectSession::modelTitle(base));
        if (entry && entry->problem) {
            step.warning = true;
            step.hint = tr("%1, the base of this project, cannot be read").arg(modelName(*entry));
        }
    } else if (m_session.isOpen()) {
        step.hint = tr("No base model is chosen yet");
    }
    setNextStep(step);
}

void ModelsPage::showAdvice() {
    const auto& models = m_model.models();
    const bool any = std::any_of(models.begin(), models.end(), [this](const auto& model) {
        return m_model.fitOf(*model, ModelUse::Full) == MemoryFit::TooLarge;
    });
    if (!any) return m_advice->clear();
    m_advice->setNote(NoteKind::Info, tr("Take LoRA instead of all weights, a smaller model, shorter rows or "
                                         "fewer of them in a batch."));
    m_advice->setHeading(tr("Does not fit?"));
}

void ModelsPage::showError(const Error& error) {
    const ErrorText text = errorText(error);
    m_note->setNote(NoteKind::Error, sentences(text.cause, text.nextStep), text.details);
}

void ModelsPage::activated() {
    reload();
    if (m_model.rowCount() > 0) m_table->setFocus(Qt::OtherFocusReason);
}

void ModelsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    m_poll->start();
}

void ModelsPage::hideEvent(QHideEvent* event) {
    m_poll->stop();
    if (m_viewTimer->isActive()) saveView();
    Page::hideEvent(event);
}

void ModelsPage::retranslate() {
    Page::retranslate();
    m_download->setText(tr("Download…"));
    m_download->setToolTip(tr("Fetch a model from a hub such as Hugging Face"));
    m_open->setText(tr("Open folder…"));
    m_open->setToolTip(
        tr("Add a model folder in the Hugging Face layout, or a LoRA adapter's folder, to the list"));
    m_filter->setPlaceholderText(tr("Search models"));
    m_filter->setAccessibleName(tr("Search models"));
    const int kind = std::max(0, m_kind->currentIndex());
    m_kind->clear();
    m_kind->addItem(tr("Kind: any"));
    for (const ModelOrigin origin :
         {ModelOrigin::Embedded, ModelOrigin::Run, ModelOrigin::Project, ModelOrigin::Opened})
        m_kind->addItem(originWord(origin), static_cast<int>(origin));
    m_kind->addItem(adapterWord(), kAdapterKind);
    m_kind->setCurrentIndex(kind);
    m_kind->setAccessibleName(tr("Kind of model"));
    m_fitting->setText(tr("Only what fits"));
    m_fitting->setToolTip(tr("Only models that can at least answer on this device"));
    m_fits->set(BadgeKind::Ok, tr("fits"));
    m_tight->set(BadgeKind::Warning, tr("tight: above %1 % of free memory").arg(qRound(kTightShare * 100.0)));
    m_tooLarge->set(BadgeKind::Error, tr("does not fit"));
    m_tablePanel->setTitle(tr("Known models"));
    m_table->setAccessibleName(tr("Models"));
    m_stop->setText(tr("Stop"));
    m_right->setAccessibleName(tr("Details"));
    m_train->setText(tr("Train this"));
    m_compare->setText(tr("Compare with…"));
    m_more->setToolTip(tr("More actions"));
    m_more->setAccessibleName(tr("More actions"));
    m_empty->setSentence(tr(
        "Models that this computer knows will be listed here. Open the folder of one, with config.json and "
        "model.safetensors, or download one."));
    m_empty->setButtonText(tr("Open folder…"));
    m_empty->setSecondButtonText(tr("Download…"));
    m_model.retranslate();
    m_details->retranslate();
    fitColumns();
    showNextStep();
    showCurrent();
    if (!m_advice->isHidden()) showAdvice();
}

}  // namespace studio::ui
