// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/passing_folder.h"

#include <stdlib.h>

#include <string>

#include "core/base/error.h"

namespace fs = std::filesystem;

namespace studio {

PassingFolder::PassingFolder() {
    std::string name = (fs::temp_directory_path() / "studio-bench-XXXXXX").string();
    if (!::mkdtemp(name.data())) {
        throw Error(ErrorCode::FileUnwritable, "No folder can be made in " + name + ".",
                    "Set TMPDIR to a folder that can be written.", {name});
    }
    m_path = name;
}

PassingFolder::~PassingFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

}  // namespace studio
