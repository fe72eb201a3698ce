// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/export_leftovers.h"

#include <unistd.h>

#include <set>

#include "core/base/files.h"
#include "core/storage/run_lock.h"
#include "tests/support/assets.h"
#include "tests/support/other_process.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

/// A file and a folder that are begun to be written.
struct BegunExport {
    explicit BegunExport(const fs::path& folder) : file(folder / "model.gguf"), whole(folder / "tuned") {
        file.append("half");
        writeFileAtomically(whole.path() / "config.json", "{}");
    }
    AtomicFile file;
    AtomicFolder whole;
};

std::set<std::string> names(const fs::path& folder) {
    std::set<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder)) all.insert(entry.path().filename().string());
    return all;
}

}  // namespace

class ExportLeftoversTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void killedExport_isRemoved_aLivingOneStays() {
        const test::TemporaryFolder folder;
        if (!lockDecides(folder.path())) QSKIP("the temporary folder is on a network file system");
        writeFileAtomically(folder / "model.gguf", "old");
        const auto begin = [&] { return BegunExport(folder.path()); };
        test::OtherProcess killed(begin);
        const test::OtherProcess living(begin);
        QCOMPARE(names(folder.path()).size(), std::size_t{5});
        QCOMPARE(removeExportLeftovers(folder.path()), std::size_t{0});
        killed.kill();
        QCOMPARE(removeExportLeftovers(folder.path()), std::size_t{2});
        QCOMPARE(names(folder.path()).size(), std::size_t{3});
        QCOMPARE(readFile(folder / "model.gguf"), std::string("old"));
    }

    void ownWork_stays_whatHadOurIdBefore_goes() {
        const test::TemporaryFolder folder;
        if (!lockDecides(folder.path())) QSKIP("the temporary folder is on a network file system");
        const std::string own = ".finetune-studio.tmp-" + std::to_string(::getpid()) + "-";
        writeFileAtomically(folder / (".old.gguf" + own + "77"), "half");
        AtomicFile file(folder / "model.gguf");
        const AtomicFolder whole(folder / "tuned");
        QCOMPARE(removeLeftoversBeside(folder / "next/"), std::size_t{1});
        QVERIFY(fs::exists(file.temporaryPath()) && fs::exists(whole.path()));
        file.append("all");
        file.commit();
        QCOMPARE(readFile(folder / "model.gguf"), std::string("all"));
    }

    void whatOthersMade_stays() {
        const test::TemporaryFolder folder;
        const std::string gone = std::to_string(test::endedProcess());
        const std::string ours = ".model.finetune-studio.tmp-" + gone + "-0";
        const std::vector<std::string> others{".model.tmp-" + gone + "-0",
                                              ".model.old-" + gone + "-0",
                                              "model.finetune-studio.tmp-" + gone + "-0",
                                              ".finetune-studio.tmp-" + gone + "-0",
                                              ".a.finetune-studio.tmp-" + gone,
                                              ".a.finetune-studio.tmp-" + gone + "-",
                                              ours + "x",
                                              ours + ".bak",
                                              ".a.finetune-studio.tmp--1-0",
                                              ".a.finetune-studio.tmp-x-0",
                                              "model.gguf"};
        for (const std::string& name : others) writeFileAtomically(folder / name, name);
        makeFolders(folder / "kept");
        fs::create_directory_symlink(folder / "kept", folder / (".link.finetune-studio.tmp-" + gone + "-0"));
        const std::set<std::string> before = names(folder.path());
        QCOMPARE(removeExportLeftovers(folder.path()), std::size_t{0});
        QCOMPARE(names(folder.path()), before);
        QCOMPARE(removeExportLeftovers(folder / "absent"), std::size_t{0});
        QCOMPARE(removeExportLeftovers("/proc/self"), std::size_t{0});
    }
};

STUDIO_TEST(ExportLeftoversTest)
#include "export_leftovers_test.moc"
