// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/integration/cli/finetune_process.h"

namespace studio::test {

/// Imports three rows to train on into a project, from a file with a line that is refused between them.
inline FinetuneRun importSmallRows(const std::filesystem::path& folder, const QString& project) {
    const QString file =
        writtenFile(folder, QStringLiteral("pairs.jsonl"),
                    "{\"instruction\":\"One {x}?\",\"input\":\"\",\"output\":\"1\",\"id\":7}\n"
                    "{\"instruction\":\"Two?\",\"input\":\"二\",\"output\":\"2\"}\n"
                    "{\"instruction\":\"No answer\",\"input\":\"\"}\n"
                    "{\"instruction\":\"Three?\",\"input\":\"\",\"output\":\"3\"}\n");
    return finetune({"data", "import", project, file, "--split", "train", "--json"});
}

}  // namespace studio::test
