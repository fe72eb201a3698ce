// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <map>

#include "app/cli/command_context.h"
#include "app/cli/model_choice.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/base/progress.h"
#include "core/data/example.h"
#include "core/data/import.h"
#include "core/formats/model_config.h"
#include "core/storage/project.h"
#include "core/text/unicode.h"
#include "core/tokenizer/tokenizer.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

struct ImportOptions {
    std::string project, path, format = "auto", split, status;
    bool skipBad = false;
};

struct ListOptions {
    std::string project, split, status, search, source;
    std::int64_t limit = 0, offset = 0;
};

struct ExportOptions {
    std::string project, path, format, split, status;
};

struct StatsOptions {
    std::string project, model, templateName;
    std::int64_t cutoff = ExampleSettings().cutoff;
};

/// Names on the command line that are wrong are usage errors.
template <typename Function>
auto asUsage(Function function) {
    try {
        return function();
    } catch (const Error& problem) {
        throw UsageError(problem.what());
    }
}

RecordQuery queryOf(const std::string& split, const std::string& status) {
    RecordQuery query;
    if (!split.empty()) query.split = asUsage([&] { return splitFromName(split); });
    if (!status.empty()) query.status = asUsage([&] { return recordStatusFromName(status); });
    return query;
}

void reportImport(CommandContext& context, const ImportResult& result) {
    std::int64_t merged = 0;
    OrderedJson refused = OrderedJson::array(), notes = OrderedJson::array();
    for (const RefusedRow& row : result.refused) {
        refused.push_back({{"file", row.file},
                           {"row", row.row},
                           {"reason", row.reason},
                           {"rule", row.rule},
                           {"field", row.field}});
    }
    for (const ImportNote& note : result.notes) {
        if (note.rule == "merged") merged += note.count;
        notes.push_back(
            {{"file", note.file}, {"message", note.message}, {"rule", note.rule}, {"count", note.count}});
    }
    const auto imported = static_cast<std::int64_t>(result.records.size());
    if (context.output.json()) {
        context.output.jsonLine({{"imported", imported},
                                 {"merged", merged},
                                 {"refused", refused},
                                 {"format", result.format},
                                 {"notes", notes}});
        return;
    }
    context.output.line("Imported " + counted(imported, "record") + " (" + result.format + "), refused " +
                        std::to_string(result.refused.size()) + ".");
    for (const RefusedRow& row : result.refused) {
        // Row 0: the whole file, whose reason names it.
        const std::string place = row.row > 0 ? row.file + ", row " + std::to_string(row.row) + ": " : "";
        context.output.line("  " + place + row.reason);
    }
    if (!result.refused.empty()) {
        context.output.note(
            "What is refused is not in the project. Correct it in the file and import that part again, or go "
            "on "
            "without it.");
    }
    for (const ImportNote& note : result.notes) context.output.note(note.message);
}

int runImport(CommandContext& context, const ImportOptions& options) {
    const RecordQuery wanted = queryOf(options.split, options.status);
    const auto project = Project::open(options.project);
    const auto bar = [&context](const char* label) {
        return [&context, label](const Progress& progress) {
            context.output.progress({label, progress.done, progress.total, {}, -1.0});
        };
    };
    ImportResult result = importRecords(options.path, options.format, bar("reading"), context.stop);
    for (Record& record : result.records) {
        if (wanted.split) record.split = *wanted.split;
        if (wanted.status) record.status = *wanted.status;
    }
    project->add(result.records, "import", bar("storing"), context.stop);
    reportImport(context, result);
    return kExitOk;
}

int runList(CommandContext& context, const ListOptions& options) {
    RecordQuery query = queryOf(options.split, options.status);
    query.search = options.search;
    if (!options.source.empty()) query.source = options.source;
    const auto project = Project::open(options.project);
    std::vector<std::int64_t> ids = project->ids(query);
    const auto all = static_cast<std::int64_t>(ids.size());
    const std::int64_t begin = std::min(options.offset, all);
    const std::int64_t end = options.limit > 0 ? std::min(all, begin + options.limit) : all;
    ids = {ids.begin() + begin, ids.begin() + end};
    const std::vector<Record> records = project->recordsById(ids);
    if (context.output.json()) {
        for (const Record& record : records) context.output.jsonLine(recordJson(record));
        return kExitOk;
    }
    if (all == 0) {
        const bool filtered = !options.split.empty() || !options.status.empty() || !options.search.empty() ||
                              !options.source.empty();
        context.output.note(filtered ? "No row matches." : "The project has no rows yet.");
        return kExitOk;
    }
    std::vector<std::vector<std::string>> rows;
    for (const Record& record : records) {
        rows.push_back({std::to_string(record.id), name(record.split), name(record.status),
                        record.instruction, record.input, record.output});
    }
    context.output.table({"row", "split", "status", "instruction", "input", "output"}, rows);
    if (end - begin < all)
        context.output.note(counted(end - begin, "row") + " of " + std::to_string(all) + " shown.");
    return kExitOk;
}

int runExport(CommandContext& context, const ExportOptions& options) {
    const RecordQuery query = queryOf(options.split, options.status);
    const auto project = Project::open(options.project);
    const std::vector<Record> records = project->records(query);
    const bool asArray =
        options.format == "json" || (options.format.empty() && fs::path(options.path).extension() == ".json");
    std::error_code ignored;
    const bool replaced = fs::exists(options.path, ignored);
    asArray ? exportJsonArray(records, options.path) : exportJsonl(records, options.path);
    const auto exported = static_cast<std::int64_t>(records.size());
    if (context.output.json()) {
        context.output.jsonLine(
            {{"exported", exported}, {"file", options.path}, {"format", asArray ? "json" : "jsonl"}});
    } else {
        context.output.line("Exported " + counted(exported, "record") + " to " + options.path);
        if (replaced) context.output.note("The file was there before and is replaced.");
    }
    return kExitOk;
}

struct LengthStats {
    std::int64_t filled = 0, median = 0, longest = 0;
};

LengthStats lengthStats(const std::vector<Record>& records, const std::string Record::*field) {
    std::vector<std::int64_t> lengths;
    for (const Record& record : records) {
        const std::string& text = record.*field;
        if (!text.empty()) lengths.push_back(static_cast<std::int64_t>(codePointCount(text)));
    }
    if (lengths.empty()) return {};
    std::sort(lengths.begin(), lengths.end());
    return {static_cast<std::int64_t>(lengths.size()), lengths[lengths.size() / 2], lengths.back()};
}

/// Rows are cut as a training with this model cuts them. Tokens can also be counted for a model that cannot
/// be trained: nothing else of it is looked at.
std::int64_t trainedCutoff(CommandContext& context, std::int64_t asked, const fs::path& folder) {
    std::int64_t contextLength = 0;
    try {
        contextLength = readModelConfig(folder).contextLength;
    } catch (const Error& problem) {
        context.output.note(std::string("How much the model can read is not known: ") + problem.cause());
    }
    return cutoffInForce(asked, contextLength);
}

/// Tokens as training would see them.
OrderedJson tokenStats(CommandContext& context, const StatsOptions& options, const Project& project,
                       const std::vector<Record>& records) {
    const fs::path folder = modelFolderOf(options.model);
    const auto tokenizer = loadTokenizer(folder);
    const PromptTemplate promptTemplate =
        chosenTemplate(options.templateName, project.templatesFolder(), folder);
    ExampleSettings settings;
    settings.cutoff = trainedCutoff(context, options.cutoff, folder);
    const ExampleSet set = buildExamples(
        records, promptTemplate, *tokenizer, settings,
        [&](const Progress& progress) {
            context.output.progress({"tokenizing", progress.done, progress.total, {}, -1.0});
        },
        context.stop);
    if (settings.cutoff < options.cutoff && (anyCut(set.cutRows) || anyCut(set.emptyRows))) {
        context.output.note("Rows are cut at " + std::to_string(settings.cutoff) +
                            " tokens, which is all that the model can read.");
    }
    OrderedJson cut = OrderedJson::array(), empty = OrderedJson::array();
    for (const ExampleProblem& row : set.cutRows) cut.push_back(row.rowId);
    for (const ExampleProblem& row : set.emptyRows) empty.push_back(row.rowId);
    return {{"template", promptTemplate.name},  {"cutoff", settings.cutoff}, {"tokens", set.tokenCount},
            {"learned_tokens", set.labelCount}, {"cut_rows", cut},           {"rows_without_label", empty}};
}

int runStats(CommandContext& context, const StatsOptions& options) {
    const auto project = Project::open(options.project);
    const std::vector<Record> records = project->records({});
    const RecordCounts counts = project->counts();
    std::map<std::string, std::int64_t> sources;
    for (const Record& record : records) ++sources[record.source];
    const std::vector<std::pair<const char*, const std::string Record::*>> fields = {
        {"instruction", &Record::instruction}, {"input", &Record::input}, {"output", &Record::output}};

    OrderedJson json{{"records", counts.all}, {"accepted", counts.accepted},
                     {"draft", counts.draft}, {"rejected", counts.rejected},
                     {"train", counts.train}, {"validation", counts.validation},
                     {"test", counts.test},   {"unassigned", counts.unassigned}};
    json["sources"] = sources;
    for (const auto& [field, member] : fields) {
        const LengthStats stats = lengthStats(records, member);
        json["characters"][field] = {
            {"rows", stats.filled}, {"median", stats.median}, {"longest", stats.longest}};
    }
    if (!options.model.empty()) json["tokens"] = tokenStats(context, options, *project, records);
    if (context.output.json()) {
        context.output.jsonLine(json);
        return kExitOk;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& [field, member] : fields) {
        const LengthStats stats = lengthStats(records, member);
        rows.push_back({field, std::to_string(stats.filled), std::to_string(stats.median),
                        std::to_string(stats.longest)});
    }
    context.output.line(counted(counts.all, "record") + ": train " + std::to_string(counts.train) +
                        ", validation " + std::to_string(counts.validation) + ", test " +
                        std::to_string(counts.test) + ", none " + std::to_string(counts.unassigned));
    context.output.table({"field", "rows", "median characters", "longest"}, rows);
    for (const auto& [source, count] : sources)
        context.output.line("from " + source + ": " + counted(count, "record"));
    if (json.contains("tokens")) {
        const OrderedJson& tokens = json["tokens"];
        context.output.line(tokens["tokens"].dump() + " tokens with the template " +
                            tokens["template"].get<std::string>() + ", " +
                            counted(static_cast<std::int64_t>(tokens["cut_rows"].size()), "row") +
                            " cut at " + tokens["cutoff"].dump() + ", " +
                            counted(static_cast<std::int64_t>(tokens["rows_without_label"].size()), "row") +
                            " without a label");
    }
    return kExitOk;
}

void addImport(CLI::App& data, CommandContext& context) {
    auto options = std::make_shared<ImportOptions>();
    CLI::App* verb = data.add_subcommand("import", "Read a file or folder of records into the project");
    verb->add_option("project", options->project, "Project folder")->required();
    verb->add_option("path", options->path, "File or folder to read")->required();
    addOption(verb, "--format", options->format, "auto looks at the content")
        ->check(CLI::IsMember(importFormats()));
    addOption(verb, "--split", options->split, "Put the records into train, validation, test or none")
        ->check(notEmpty());
    addOption(verb, "--status", options->status, "Store the records as accepted (default), draft or rejected")
        ->check(notEmpty());
    verb->add_flag(
        "--skip-bad", options->skipBad,
        "What every import does, for scripts that say so: rows that cannot be used, and of a folder "
        "whole files, are listed with the reason while the rest is imported");
    onVerb(verb, context, options, runImport);
}

}  // namespace

void addDataVerbs(CLI::App& app, CommandContext& context) {
    CLI::App* data =
        app.add_subcommand("data", "Import, look at, change, split and export the records of a project");
    data->require_subcommand(1);
    addImport(*data, context);

    auto list = std::make_shared<ListOptions>();
    CLI::App* verb = data->add_subcommand("list", "Records, one a line");
    verb->add_option("project", list->project, "Project folder")->required();
    addOption(verb, "--split", list->split, "Only train, validation, test or none")->check(notEmpty());
    addOption(verb, "--status", list->status, "Only accepted, draft or rejected")->check(notEmpty());
    addOption(verb, "--search", list->search, "Only records with all of these words");
    addOption(verb, "--source", list->source, "Only records that came from this file");
    addOption(verb, "--limit", list->limit, "At most this many rows")->transform(wholeNumber(1));
    addOption(verb, "--offset", list->offset, "Leave out this many rows first")->transform(wholeNumber(0));
    onVerb(verb, context, list, runList);

    auto exported = std::make_shared<ExportOptions>();
    verb = data->add_subcommand("export", "Write records as JSON lines or as one JSON array");
    verb->add_option("project", exported->project, "Project folder")->required();
    verb->add_option("file", exported->path, "File to write; .json makes an array, anything else JSON lines")
        ->required()
        ->check(notEmpty());
    addOption(verb, "--format", exported->format, "jsonl or json")->check(CLI::IsMember({"jsonl", "json"}));
    addOption(verb, "--split", exported->split, "Only train, validation, test or none")->check(notEmpty());
    addOption(verb, "--status", exported->status, "Only accepted, draft or rejected")->check(notEmpty());
    onVerb(verb, context, exported, runExport);

    auto stats = std::make_shared<StatsOptions>();
    verb = data->add_subcommand("stats", "Counts and lengths; with --model also tokens and cut rows");
    verb->add_option("project", stats->project, "Project folder")->required();
    addOption(verb, "--model", stats->model, "Count tokens with this model's tokenizer");
    addOption(verb, "--template", stats->templateName, "Prompt template for counting tokens");
    addOption(verb, "--cutoff", stats->cutoff, "Longest row in tokens")->transform(wholeNumber(1));
    onVerb(verb, context, stats, runStats);

    addDataEditVerbs(*data, context);
}

}  // namespace studio
