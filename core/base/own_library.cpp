// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/own_library.h"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>

#include "core/base/error.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

[[noreturn]] void throwUnavailable(const std::string& file, const std::string& reason) {
    throw Error(ErrorCode::EngineUnavailable,
                "The program's library " + file + " could not be loaded: " + reason + ".",
                "Install FineTune Studio again with its Debian packages.", {file, reason});
}

fs::path fileOf(const OwnLibrary& library) {
    if (const char* file = std::getenv(library.environment.c_str())) return file;
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    for (const fs::path& folder : {program, program / "../lib/finetune-studio"}) {
        if (fs::exists(folder / library.fileName, ignored)) return folder / library.fileName;
    }
    return program / library.fileName;
}

}  // namespace

void* loadOwnLibrary(const OwnLibrary& library) {
    const std::string file = fileOf(library).string();
    int flags = RTLD_NOW | RTLD_LOCAL;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    if (library.preferOwnSymbols) flags |= RTLD_DEEPBIND;  // the sanitizers' own symbols must stay in front
#endif
    void* handle = ::dlopen(file.c_str(), flags);
    if (handle == nullptr) throwUnavailable(file, ::dlerror());
    void* entry = ::dlsym(handle, library.entry.c_str());
    if (entry == nullptr) throwUnavailable(file, "it has no function " + library.entry);
    return entry;
}

}  // namespace studio
