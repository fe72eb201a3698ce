// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/template_draft.h"

#include <QTimer>
#include <algorithm>

#include "ui/session/project_session.h"

namespace studio::ui {

TemplateDraft::TemplateDraft(ProjectSession& session, QObject* parent)
    : QObject(parent), m_session(session), m_timer(new QTimer(this)) {
    m_timer->setSingleShot(true);
    m_timer->setInterval(300);
    connect(m_timer, &QTimer::timeout, this, &TemplateDraft::flush);
    connect(&session, &ProjectSession::templateChanged, this, &TemplateDraft::reload);
    connect(&session, &ProjectSession::runsChanged, this, [this] {
        countRuns();
        Q_EMIT changed(true);
    });
    reload();
}

void TemplateDraft::reload() {
    if (m_storing) return;
    m_timer->stop();
    countRuns();
    m_stored = m_session.currentTemplate();
    m_draft = m_stored;
    m_pending = false;
    m_copiedFrom.clear();
    Q_EMIT changed(false);
}

void TemplateDraft::countRuns() {
    m_runs.clear();
    for (const RunSummary& run : m_session.runs()) ++m_runs[run.templateName];
}

int TemplateDraft::runCount() const {
    const auto it = m_runs.find(m_draft.name);
    return it == m_runs.end() ? 0 : it->second;
}

bool TemplateDraft::isBuiltIn() const {
    const auto& all = builtInTemplates();
    return std::any_of(all.begin(), all.end(),
                       [this](const auto& each) { return each.name == m_draft.name; });
}

void TemplateDraft::edit(const PromptTemplate& texts) {
    PromptTemplate edited = m_draft;
    edited.withInput = texts.withInput;
    edited.withoutInput = texts.withoutInput;
    edited.separator = texts.separator;
    edited.appendEos = texts.appendEos;
    if (edited == m_draft) return;
    if (!m_pending && m_draft == m_stored && isReadOnly()) {
        m_copiedFrom = QString::fromStdString(m_draft.title);
        turnIntoCopy(freeTitle());
        edited.name = m_draft.name;
        edited.title = m_draft.title;
    }
    m_draft = edited;
    m_pending = true;
    m_timer->start();
    Q_EMIT changed(true);
}

void TemplateDraft::turnIntoCopy(const QString& title) {
    m_draft.name = freeName(title);
    m_draft.title = title.toStdString();
}

bool TemplateDraft::flush() {
    m_timer->stop();
    if (!m_pending) return true;
    if (!issues().empty()) return false;
    m_storing = true;
    try {
        m_session.saveTemplate(m_draft);
    } catch (const Error& error) {
        m_storing = false;
        Q_EMIT failed(error);
        return false;
    }
    m_storing = false;
    m_stored = m_draft;
    m_pending = false;
    Q_EMIT stored();
    Q_EMIT changed(true);
    return true;
}

void TemplateDraft::discard() {
    reload();
}

void TemplateDraft::makeCopy(const QString& title) {
    const QString from = QString::fromStdString(m_draft.title);
    PromptTemplate copy = m_draft;
    copy.name = freeName(title);
    copy.title = title.trimmed().toStdString();
    m_session.saveTemplate(copy);  // makes it the current one, so reload() follows
    m_copiedFrom = from;
    Q_EMIT changed(false);
}

QString TemplateDraft::freeTitle() const {
    const std::vector<PromptTemplate> all = m_session.templates();
    const QString base = tr("%1 copy").arg(QString::fromStdString(m_draft.title));
    for (int number = 1;; ++number) {
        const QString title = number == 1 ? base : QStringLiteral("%1 %2").arg(base).arg(number);
        const bool taken = std::any_of(all.begin(), all.end(), [&](const PromptTemplate& each) {
            return each.title == title.toStdString();
        });
        if (!taken) return title;
    }
}

std::string TemplateDraft::freeName(const QString& title) const {
    QString name;
    for (const QChar c : title.toLower()) {
        const bool plain = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_';
        if (plain)
            name += c;
        else if (!name.isEmpty() && !name.endsWith(u'-'))
            name += u'-';
    }
    while (name.endsWith(u'-')) name.chop(1);
    if (name.isEmpty()) name = QStringLiteral("template");
    const std::vector<PromptTemplate> all = m_session.templates();
    for (int number = 1;; ++number) {
        const std::string tried =
            (number == 1 ? name : QStringLiteral("%1-%2").arg(name).arg(number)).toStdString();
        if (std::none_of(all.begin(), all.end(), [&](const auto& each) { return each.name == tried; }))
            return tried;
    }
}

}  // namespace studio::ui
