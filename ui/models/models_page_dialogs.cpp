// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The dialogs of the Models page: they stand beside the page, which can be used while they work.
#include "ui/models/download_dialog.h"
#include "ui/models/model_export_dialog.h"
#include "ui/models/models_page.h"

namespace studio::ui {

namespace {

void bringToFront(QDialog& dialog) {
    dialog.show();
    dialog.raise();
    dialog.activateWindow();
}

}  // namespace

void ModelsPage::openDownload() {
    if (!m_downloadDialog) {
        m_downloadDialog = new DownloadDialog(m_tools, m_dialogs, this);
        m_downloadDialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_downloadDialog, &DownloadDialog::downloaded, this, &ModelsPage::openModel);
    }
    bringToFront(*m_downloadDialog);
}

void ModelsPage::exportCurrent() {
    const auto model = current();
    if (!model || !canExport(*model)) return;
    const ExportSource source = exportSourceOf(*model);
    if (m_exportDialog) {
        const ExportSource& open = m_exportDialog->source();
        const bool isSameModel = open.model == source.model && open.adapter == source.adapter;
        // One that works is not taken away; one that waits makes room for the model that is chosen now.
        if (m_exportDialog->isExporting() || isSameModel) return bringToFront(*m_exportDialog);
        m_exportDialog->close();
    }
    m_exportDialog = new ModelExportDialog(source, m_tools, m_dialogs, this);
    m_exportDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_exportDialog, &ModelExportDialog::folderRequested, this, &ModelsPage::folderRequested);
    bringToFront(*m_exportDialog);
}

DownloadDialog* ModelsPage::downloadDialog() const {
    return m_downloadDialog;
}

ModelExportDialog* ModelsPage::exportDialog() const {
    return m_exportDialog;
}

bool ModelsPage::isWorking() const {
    return (m_downloadDialog && m_downloadDialog->isBusy()) ||
           (m_exportDialog && m_exportDialog->isExporting());
}

void ModelsPage::askToStopWork() {
    if (m_downloadDialog && m_downloadDialog->isBusy()) {
        bringToFront(*m_downloadDialog);
        m_downloadDialog->close();
    }
    if (m_exportDialog && m_exportDialog->isExporting()) {
        bringToFront(*m_exportDialog);
        m_exportDialog->close();
    }
}

}  // namespace studio::ui
