// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_choice.h"

#include <fstream>

#include "core/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio;

class ModelChoiceTest : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_folder;

    static std::string problemOf(const std::filesystem::path& path) {
        try {
            modelFolderOf(path);
        } catch (const Error& problem) {
            return problem.what();
        }
        return "no problem";
    }

private Q_SLOTS:
    void modelFolderOf_nothingThere_saysThereIsNoFolder() {
        for (const std::filesystem::path& path : {m_folder / "nowhere", std::filesystem::path()}) {
            const std::string problem = problemOf(path);
            QVERIFY2(problem.starts_with("There is no folder \"" + path.string() + "\"."), problem.c_str());
        }
    }

    void modelFolderOf_file_saysSo() {
        std::ofstream(m_folder / "weights.bin") << "x";
        const std::string problem = problemOf(m_folder / "weights.bin");
        QVERIFY2(problem.find("is a file, not a model folder") != std::string::npos, problem.c_str());
    }

    void modelFolderOf_runFolder_isItsModel() {
        std::filesystem::create_directories(m_folder / "run" / "model");
        std::ofstream(m_folder / "run" / "model" / "config.json") << "{}";
        QCOMPARE(modelFolderOf(m_folder / "run"), m_folder / "run" / "model");
        QCOMPARE(modelFolderOf(m_folder / "run" / "model"), m_folder / "run" / "model");
    }
};

STUDIO_TEST(ModelChoiceTest)

}  // namespace

#include "model_choice_test.moc"
