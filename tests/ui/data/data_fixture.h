// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QTableView>
#include <QtTest/QtTest>

#include "core/storage/project.h"
#include "tests/support/assets.h"
#include "ui/data/data_page.h"
#include "ui/data/record_editor.h"
#include "ui/data/record_filter_bar.h"
#include "ui/data/record_table_model.h"
#include "ui/data/record_text_edit.h"
#include "ui/dialogs/dialogs.h"
#include "ui/session/project_session.h"

namespace studio::test {

/// Answers at once with what the test has laid ready.
class FakeDialogs : public ui::Dialogs {
public:
    QStringList files;
    QString savedTo;

    void openFiles(QWidget*, const ui::FileRequest&, std::function<void(const QStringList&)> then) override {
        if (!files.isEmpty()) then(files);
    }
    void openFolder(QWidget*, const ui::FileRequest&, std::function<void(const QString&)>) override {}
    void saveFile(QWidget*, const ui::FileRequest&, std::function<void(const QString&)> then) override {
        if (!savedTo.isEmpty()) then(savedTo);
    }
    void ask(QWidget*, const ui::Question& question, std::function<void(int)> then) override {
        then(question.safeAnswer);
    }
    void askText(QWidget*, const QString&, const QString&, const QString& text,
                 std::function<void(const QString&)> then) override {
        then(text);
    }
    void showMessage(QWidget*, const ui::Message&) override {}
    void showError(QWidget*, const ui::Message&) override {}
};

inline Record pairRecord(const std::string& instruction, const std::string& output,
                         const std::string& input = {}) {
    Record record;
    record.instruction = instruction;
    record.input = input;
    record.output = output;
    record.source = "test";
    return record;
}

/// A page with real widgets over a real project in a folder of its own.
struct DataFixture {
    TemporaryFolder folder;
    ui::ProjectSession session;
    FakeDialogs dialogs;
    std::unique_ptr<ui::DataPage> page;

    explicit DataFixture(const std::vector<Record>& records = {}) {
        session.createProject(folder / "small.ftproj");
        if (!records.empty()) session.project().add(records);
        makePage();
    }
    ~DataFixture() { page.reset(); }

    void makePage() {
        page = std::make_unique<ui::DataPage>(session, dialogs);
        page->resize(1104, 748);
        page->show();
        // A window of its own, so that focus works offscreen.
        page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        page->activated();
    }
    Record stored(std::int64_t id) { return session.project().record(id).value_or(Record()); }
    QString file(const std::string& name, const QByteArray& content) const {
        const QString path = QString::fromStdString((folder / name).string());
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size()) qFatal("no file");
        return path;
    }
    QTableView* table() const { return page->table(); }
    ui::RecordTableModel* model() const { return page->model(); }
    QString cell(int row, int column) const { return model()->index(row, column).data().toString(); }
    ui::RecordTextEdit* box(ui::RecordEditor::Field field) const { return page->editor()->box(field); }
};

}  // namespace studio::test
