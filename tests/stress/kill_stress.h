// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace studio::test {

/// Kills `finetune train` again and again and goes on with the run each time.
struct KillStressSettings {
    std::filesystem::path program;  ///< finetune
    std::filesystem::path model;    ///< base model folder
    std::filesystem::path records;  ///< an Alpaca file
    std::filesystem::path folder;   ///< an empty one to work in
    std::uint64_t seed = 1;
    int kills = 200;
    int threads = 1;
};

struct KillStressReport {
    std::map<std::string, int> killsByStage;
    int kills = 0;
    int resumed = 0;       ///< starts that went on from a checkpoint
    int nothingYet = 0;    ///< starts that said what is missing: the run, or its first checkpoint
    int runsCompared = 0;  ///< finished runs whose weights and metrics were those of the uninterrupted one
    std::vector<std::string> failures;
};

/// The kills are spread over all stages, those that write to the disk most. A failure is everything else
/// than: the run goes on; or there is nothing to go on from, and the message says what is missing; and at the
/// end weights and metrics are, bit for bit, those of a run that nobody killed.
KillStressReport runKillStress(const KillStressSettings& settings, std::ostream& log);

}  // namespace studio::test
