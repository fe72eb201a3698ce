// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/export_leftovers.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>

#include "core/base/files.h"
#include "core/storage/run_lock.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

/// A process that has begun to write a file and a folder.
class Exporter {
public:
    explicit Exporter(const fs::path& folder) {
        int ready[2] = {-1, -1};
        if (::pipe(ready) != 0) qFatal("no pipe");
        m_process = ::fork();
        if (m_process == 0) {
            AtomicFile file(folder / "model.gguf");
            file.append("half");
            AtomicFolder whole(folder / "tuned");
            writeFileAtomically(whole.path() / "config.json", "{}");
            if (::write(ready[1], "x", 1) != 1) ::_exit(1);
            for (;;) ::pause();
        }
        ::close(ready[1]);
        char told = 0;
        if (::read(ready[0], &told, 1) != 1) qFatal("the process did not begin");
        ::close(ready[0]);
    }
    ~Exporter() { kill(); }
    Exporter(const Exporter&) = delete;
    Exporter& operator=(const Exporter&) = delete;

    void kill() {
        if (m_process <= 0) return;
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
        m_process = -1;
    }

private:
    pid_t m_process = -1;
};

std::set<std::string> names(const fs::path& folder) {
    std::set<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder)) all.insert(entry.path().filename().string());
    return all;
}

/// The id of a process that has been and is no more.
pid_t goneProcess() {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    ::waitpid(child, nullptr, 0);
    return child;
}

}  // namespace

class ExportLeftoversTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void killedExport_isRemoved_aLivingOneStays() {
        const test::TemporaryFolder folder;
        if (!lockDecides(folder.path())) QSKIP("the temporary folder is on a network file system");
        writeFileAtomically(folder / "model.gguf", "old");
        Exporter killed(folder.path());
        const Exporter living(folder.path());
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
        const std::string gone = std::to_string(goneProcess());
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
