// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// studio_kill_stress [KILLS [SEED [THREADS [FINETUNE]]]]: 200 kills with seed 1 on one thread of the program
// beside it when nothing is said.
#include <cstdlib>
#include <exception>
#include <iostream>

#include "tests/stress/kill_stress.h"
#include "tests/support/assets.h"

int main(int count, char** words) {
    using namespace studio::test;
    const TemporaryFolder folder;
    KillStressSettings settings;
    settings.program = STUDIO_BIN_DIR "/finetune";
    settings.model = STUDIO_SOURCE_DIR "/resources/embedded/base-model";
    settings.records = STUDIO_SOURCE_DIR "/resources/sample/countries_train.json";
    settings.folder = folder.path();
    if (count > 1) settings.kills = std::atoi(words[1]);
    if (count > 2) settings.seed = std::strtoull(words[2], nullptr, 10);
    if (count > 3) settings.threads = std::atoi(words[3]);
    if (count > 4) settings.program = words[4];
    try {
        const KillStressReport report = runKillStress(settings, std::cerr);
        std::cout << "kills " << report.kills << " (seed " << settings.seed << ")\n";
        for (const auto& [stage, kills] : report.killsByStage)
            std::cout << "  while " << stage << ": " << kills << "\n";
        std::cout << "went on from a checkpoint " << report.resumed << "\nsaid that there is nothing yet "
                  << report.nothingYet << "\nfinished runs equal to the uninterrupted one, bit for bit "
                  << report.runsCompared << "\nfailures " << report.failures.size() << "\n";
        for (const std::string& failure : report.failures) std::cout << "  " << failure << "\n";
        return report.failures.empty() && report.kills == settings.kills ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "error: " << error.what() << "\n";
        return 2;
    }
}
