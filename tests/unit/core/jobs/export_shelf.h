// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/jobs/model_export.h"
#include "tests/support/small_adapter.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_model.h"
#include "tests/unit/core/tokenizer/small_tokenizer.h"

namespace studio::test {

namespace fs = std::filesystem;

/// A model with a tokenizer, an adapter for it, and a place for what is exported.
struct ExportShelf {
    ExportShelf() {
        makeFolders(model());
        writeModel(model(), smallConfig("LlamaForCausalLM"));
        writePieces(model());
        writeSmallAdapter(adapter());
    }
    fs::path model() const { return folder / "tiny"; }
    fs::path adapter() const { return folder / "tuned"; }
    ModelExport request(ExportFormat format, const std::string& out) const {
        ModelExport request;
        request.model = model();
        request.format = format;
        request.type = GgufType::Float32;
        request.out = folder / out;
        if (format == ExportFormat::Adapter) request.adapter = adapter();
        return request;
    }
    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const auto& entry : fs::directory_iterator(folder.path()))
            all.push_back(entry.path().filename().string());
        std::sort(all.begin(), all.end());
        return all;
    }
    TemporaryFolder folder;
};

/// Stands for the engine: writes the model's folder as it was asked for.
struct FakeJobs {
    explicit FakeJobs(const ExportShelf& from) : shelf(from) {}
    ExportModelResult operator()(const ExportModelJob& job) {
        jobs.push_back(job);
        for (const std::int64_t done : {40, 100})
            if (job.onWritten) job.onWritten({done, 100});
        fs::copy(shelf.model(), job.outFolder);
        return {job.outFolder, 123};
    }
    const ExportShelf& shelf;
    std::vector<ExportModelJob> jobs;
};

inline bool isNoted(const ExportResult& result, const std::string& rule) {
    return std::any_of(result.notes.begin(), result.notes.end(),
                       [&](const ExportNote& note) { return note.rule == rule; });
}

inline ExportModelResult noJob(const ExportModelJob&) {
    throw Error(ErrorCode::Internal, "No job was expected.", "Correct the test.");
}

}  // namespace studio::test
