// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_reference.h"

#include <array>
#include <cstdio>
#include <memory>

#include "core/base/error.h"
#include "core/base/files.h"

namespace studio {

namespace {

struct ClosePipe {
    void operator()(std::FILE* pipe) const { ::pclose(pipe); }
};

/// What the command prints; empty where it cannot be run.
std::string printedBy(const std::string& command) {
    const std::unique_ptr<std::FILE, ClosePipe> pipe(::popen(command.c_str(), "r"));
    std::string text;
    std::array<char, 4096> buffer{};
    while (pipe) {
        const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe.get());
        if (count == 0) break;
        text.append(buffer.data(), count);
    }
    return text;
}

std::string shellQuoted(const std::string& text) {
    std::string result = "'";
    for (const char c : text) result += c == '\'' ? "'\\''" : std::string(1, c);
    return result + "'";
}

/// The first interpreter that has a module: the system's own comes last, as another one may stand before it.
std::string pythonWith(const std::string& module) {
    for (const char* python : {"python3", "/usr/bin/python3"}) {
        if (printedBy(std::string(python) + " -c 'import " + module + "; print(1)' 2>/dev/null") == "1\n")
            return python;
    }
    return "";
}

BenchRow rowOf(const OrderedJson& line, const BenchJob& job) {
    BenchRow row;
    row.bench = job.name;
    row.shape = job.shape;
    row.contender = line.value("contender", "PyTorch");
    row.task = job.name == "decode" ? "one sequence" : "";
    row.precision = line.value("precision", "");
    row.tokensPerSecond = line.value("tokens_per_second", 0.0);
    row.milliseconds = line.value("milliseconds", 0.0);
    return row;
}

/// What a script of tests/bench prints, a row a line.
std::vector<BenchRow> rowsOf(const std::string& python, const std::string& name, const BenchJob& job) {
    const std::string script = resourcePath("../tests/bench/" + name).string();
    std::string command = python + " -B " + shellQuoted(script) + " --shape " + job.shape + " --rounds " +
                          std::to_string(job.rounds);
    if (job.threads > 0) command += " --threads " + std::to_string(job.threads);
    std::vector<BenchRow> rows;
    std::string text = printedBy(command + " 2>/dev/null");
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n')) {
        const OrderedJson line = OrderedJson::parse(text.substr(0, end), nullptr, false);
        text.erase(0, end + 1);
        if (line.is_object()) rows.push_back(rowOf(line, job));
    }
    return rows;
}

std::vector<BenchRow> pyTorchRows(const BenchJob& job, Output& output) {
    const std::string python = pythonWith("torch");
    if (python.empty()) {
        output.note("PyTorch is not compared: python3 has no torch (package python3-torch).");
        return {};
    }
    return rowsOf(python, "torch_" + job.name + ".py", job);
}

std::vector<BenchRow> llamaRows(const BenchJob& job, Output& output) {
    const std::string python = pythonWith("numpy");
    std::vector<BenchRow> rows;
    if (!python.empty()) rows = rowsOf(python, "llama_decode.py", job);
    if (rows.empty())
        output.note(
            "llama.cpp is not compared: its library was not found (set STUDIO_LLAMA_CPP to its folder), or "
            "python3 has no numpy.");
    return rows;
}

}  // namespace

std::vector<BenchRow> referenceRows(const BenchJob& job, Output& output) {
    std::vector<BenchRow> rows;
    try {
        rows = pyTorchRows(job, output);
        if (job.name == "decode") {
            for (const BenchRow& row : llamaRows(job, output)) rows.push_back(row);
        }
    } catch (const Error&) {
        output.note("Others are compared only where this program was built from its sources.");
    }
    return rows;
}

}  // namespace studio
