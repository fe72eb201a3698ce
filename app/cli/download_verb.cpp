// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// finetune model download: a model from a hub.
#include "app/cli/command_context.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/base/byte_text.h"
#include "core/base/error.h"
#include "core/hub/download_folder.h"
#include "core/hub/hub_address.h"
#include "core/hub/model_download.h"

namespace studio {
namespace {

/// As many names of left files are said; --list names them all.
constexpr std::size_t kMostNames = 6;

struct DownloadOptions {
    std::string model, revision = "main", folder, hub;
    std::vector<std::string> patterns;
    bool all = false, list = false;
    int parallel = 4;
};

std::string sizeText(std::int64_t bytes) {
    return byteText(static_cast<std::uint64_t>(bytes));
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < kMostNames; ++i) text += (i > 0 ? ", " : "") + names[i];
    if (names.size() > kMostNames) text += " and " + std::to_string(names.size() - kMostNames) + " more";
    return text;
}

OrderedJson leftOutJson(const DownloadPlan& plan) {
    OrderedJson list(OrderedJson::value_t::array);
    for (const LeftOutFile& left : plan.leftOut) {
        list.push_back(
            {{"path", left.file.path}, {"size", left.file.size}, {"reason", leftOutName(left.reason)}});
    }
    return list;
}

OrderedJson textOrNull(const std::string& text) {
    return text.empty() ? OrderedJson() : OrderedJson(text);
}

OrderedJson headJson(const DownloadPlan& plan) {
    return {{"hub", plan.hub}, {"model", plan.model}, {"revision", plan.revision}, {"commit", plan.commit}};
}

int listFiles(CommandContext& context, const DownloadPlan& plan) {
    if (context.output.json()) {
        OrderedJson json = headJson(plan);
        json["files"] = OrderedJson(OrderedJson::value_t::array);
        for (const HubFile& file : plan.files) {
            json["files"].push_back(
                {{"path", file.path}, {"size", file.size}, {"sha256", textOrNull(file.sha256)}});
        }
        json["left_out"] = leftOutJson(plan);
        json["bytes"] = plan.bytes();
        context.output.jsonLine(json);
        return kExitOk;
    }
    std::vector<std::vector<std::string>> rows;
    for (const HubFile& file : plan.files) rows.push_back({file.path, sizeText(file.size), "downloaded"});
    for (const LeftOutFile& left : plan.leftOut)
        rows.push_back({left.file.path, sizeText(left.file.size), "left out: " + leftOutText(left.reason)});
    context.output.table({"file", "size", "what"}, rows);
    context.output.line(plan.model + " at " + plan.commit + ": " +
                        counted(static_cast<std::int64_t>(plan.files.size()), "file") + ", " +
                        sizeText(plan.bytes()) + " to download.");
    return kExitOk;
}

/// The bar, and a note for every failure that is tried again.
class DownloadDisplay {
public:
    explicit DownloadDisplay(Output& output) : m_output(output) {}

    void show(const DownloadProgress& progress) {
        if (progress.problem != m_problem && !progress.problem.empty())
            m_output.note(progress.problem + " It is tried again.");
        m_problem = progress.problem;
        const bool fetching = progress.stage == DownloadProgress::Stage::Downloading;
        ProgressLine line;
        line.label = fetching                                               ? "downloading"
                     : progress.stage == DownloadProgress::Stage::Finishing ? "putting in place"
                                                                            : "checking what is there";
        line.done = progress.bytesDone;
        line.total = progress.bytesTotal;
        line.amount = sizeText(progress.bytesDone) + " of " + sizeText(progress.bytesTotal);
        line.secondsLeft = progress.secondsLeft;
        if (fetching) {
            line.detail = counted(progress.filesDone, "file") + " of " + std::to_string(progress.filesTotal);
            if (progress.bytesPerSecond > 0.0)
                line.detail =
                    sizeText(static_cast<std::int64_t>(progress.bytesPerSecond)) + "/s · " + line.detail;
        }
        m_output.progress(line);
    }

private:
    Output& m_output;
    std::string m_problem;
};

OrderedJson resultJson(const DownloadPlan& plan, const DownloadResult& result) {
    OrderedJson json = headJson(plan);
    json["folder"] = result.folder.string();
    json["files"] = OrderedJson(OrderedJson::value_t::array);
    for (const DownloadedFile& file : result.files) {
        json["files"].push_back({{"path", file.file.path},
                                 {"size", file.file.size},
                                 {"sha256", file.sha256},
                                 {"verified", file.verified != Verified::Size},
                                 {"verified_by", verifiedName(file.verified)},
                                 {"fetched", file.fetched},
                                 {"resumed_from", file.resumedFrom}});
    }
    json["left_out"] = leftOutJson(plan);
    json["stale"] = result.stale;
    json["bytes"] = result.bytesFetched;
    json["seconds"] = result.seconds;
    return json;
}

std::string doneText(const DownloadPlan& plan, const DownloadResult& result) {
    std::int64_t fetched = 0, resumed = 0;
    for (const DownloadedFile& file : result.files) {
        fetched += file.fetched ? 1 : 0;
        resumed += file.resumedFrom > 0 ? 1 : 0;
    }
    const auto all = static_cast<std::int64_t>(result.files.size());
    std::string text = plan.model + " at " + plan.commit + " is in " + result.folder.string() + ": ";
    if (fetched == 0) return text + counted(all, "file") + ", all there already and right.";
    text += counted(fetched, "file") + " fetched (" + sizeText(result.bytesFetched) + " in " +
            durationText(result.seconds);
    if (resumed > 0) text += ", going on with " + std::to_string(resumed) + " of them";
    text += ")";
    if (fetched < all) text += ", " + std::to_string(all - fetched) + " there already and right";
    return text + ".";
}

/// What is worth knowing beside the result.
void noteWhatIsOdd(Output& output, const DownloadPlan& plan, const DownloadResult& result) {
    std::vector<std::string> unverified;
    for (const DownloadedFile& file : result.files) {
        if (file.verified == Verified::Size) unverified.push_back(file.file.path);
    }
    if (!unverified.empty())
        output.note("The hub states no checksum of " + joined(unverified) + "; only the size was compared.");
    if (!result.stale.empty())
        output.note("Of an earlier commit, and not of this one: " + joined(result.stale) +
                    ". They were left in the folder.");
    std::vector<std::string> weights;
    for (const LeftOutFile& left : plan.leftOut) {
        if (left.reason != LeftOut::NotNeeded && left.reason != LeftOut::NotAskedFor)
            weights.push_back(left.file.path);
    }
    if (!weights.empty())
        output.note("Left out: " + joined(weights) + ". --list says why, --all or --file takes them.");
}

HubQuery queryOf(const DownloadOptions& options, const Environment& environment,
                 const std::stop_token& stop) {
    HubQuery query;
    query.hub = hubAddress(options.hub, environment);
    query.model = options.model;
    query.revision = options.revision;
    checkModelId(query.model);  // before the keyring is asked
    checkRevision(query.revision);
    query.token = findHubToken(environment, stop);
    return query;
}

int runDownload(CommandContext& context, const DownloadOptions& options) {
    if (options.all && !options.patterns.empty()) throw UsageError("Give either --all or --file.");
    const Environment environment = initialEnvironment();
    const HubQuery query = queryOf(options, environment, context.stop);
    if (!query.token.value.empty() && !mayHaveToken(query.hub))
        context.output.note("The token from " + query.token.source +
                            " is not sent, because the address of the hub is not https.");
    context.output.progress({"asking " + query.hub, 0, 0, {}, -1.0, {}});
    const DownloadPlan plan =
        planDownload(listHubModel(query, context.stop), {options.all, options.patterns});
    if (options.list) return listFiles(context, plan);
    if (!plan.hasWeights() && options.patterns.empty() && !options.all)
        context.output.note(
            "This model has no weights as safetensors or pytorch_model.bin; --list shows what it "
            "has, --file takes others.");
    DownloadSettings settings;
    settings.folder = options.folder.empty() ? usualModelFolder(query.model, environment)
                                             : std::filesystem::path(options.folder);
    settings.token = query.token;
    settings.parallel = options.parallel;
    DownloadDisplay display(context.output);
    try {
        const DownloadResult result = downloadModel(
            plan, settings, [&display](const DownloadProgress& progress) { display.show(progress); },
            context.stop);
        noteWhatIsOdd(context.output, plan, result);
        if (context.output.json())
            context.output.jsonLine(resultJson(plan, result));
        else
            context.output.line(doneText(plan, result));
    } catch (const Cancelled&) {
        const std::string part = downloadTarget(settings.folder).string() + ".part";
        if (std::filesystem::exists(part))
            context.output.note("What has arrived is kept in " + part +
                                "; the same command goes on with it.");
        throw;
    }
    return kExitOk;
}

}  // namespace

void addDownloadVerb(CLI::App& model, CommandContext& context) {
    auto options = std::make_shared<DownloadOptions>();
    CLI::App* verb = model.add_subcommand("download", "Download a model from a hub, or go on with it");
    addOption(verb, "model,--model", options->model, "ORGANISATION/NAME, as it stands on the model's page")
        ->required();
    addOption(verb, "--revision", options->revision, "Branch, tag or commit")
        ->check(notEmpty())
        ->capture_default_str();
    addOption(verb, "--to", options->folder,
              "The model's folder; finetune-studio/models/ORGANISATION--NAME in ~/.local/share when left out")
        ->check(notEmpty());
    addOption(verb, "--hub", options->hub,
              "Address of the hub or of a mirror; HF_ENDPOINT, or https://huggingface.co, when left out")
        ->check(notEmpty());
    addOption(verb, "--file", options->patterns,
              "Only files that fit this pattern, such as \"*.json\"; may be given several times");
    verb->add_flag("--all", options->all, "Every file, also weights for other programs");
    verb->add_flag("--list", options->list, "Only say which files there are and which would be downloaded");
    addOption(verb, "--parallel", options->parallel, "Files at a time")
        ->transform(wholeNumber(1, 16))
        ->capture_default_str();
    verb->footer(
        "A token for private and gated models is taken from HF_TOKEN, from ~/.cache/huggingface/token, or "
        "from\n"
        "the keyring (secret-tool store --label=FineTune service finetune-studio). Interrupted, the same "
        "command\n"
        "goes on where it was.");
    onVerb(verb, context, options, runDownload);
}

}  // namespace studio
