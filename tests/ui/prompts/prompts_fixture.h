// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/assets.h"
#include "tests/support/scripted_dialogs.h"
#include "tests/support/studio_test.h"
#include "ui/prompts/prompts_page.h"
#include "ui/session/project_session.h"

namespace studio::test {

inline Record promptPair(const std::string& instruction, const std::string& input,
                         const std::string& output) {
    Record record;
    record.instruction = instruction;
    record.input = input;
    record.output = output;
    record.split = Split::Train;
    return record;
}

/// The page on a project of its own. An empty model folder leaves the project without a usable tokenizer.
struct PromptsFixture {
    explicit PromptsFixture(const std::filesystem::path& model, const std::vector<Record>& records) {
        session.createProject(folder / "Prompts.ftproj");
        if (!records.empty()) session.addRecords(records, QStringLiteral("add"));
        if (model.empty()) {
            std::filesystem::create_directories(folder / "nothing");
            session.setBaseModel(folder / "nothing");
        } else {
            session.setBaseModel(model);
        }
        page = std::make_unique<ui::PromptsPage>(session, dialogs);
        page->resize(1104, 748);
        page->show();
        page->activated();
    }

    /// Like several rows of the countries project, some longer than others.
    static std::vector<Record> rows(int count) {
        std::vector<Record> records;
        records.push_back(
            promptPair("Name the language of the sentence.", "Guten Morgen, wie geht es dir?", "German"));
        for (int i = 1; i < count; ++i) {
            const std::string more(static_cast<std::size_t>(i * i % 37 * 4), 'a' + i % 20);
            records.push_back(promptPair("What is the capital of country " + std::to_string(i) + "?", "",
                                         "City " + std::to_string(i) + " " + more));
        }
        return records;
    }

    TemporaryFolder folder;
    ScriptedDialogs dialogs;
    ui::ProjectSession session;
    std::unique_ptr<ui::PromptsPage> page;
};

}  // namespace studio::test
