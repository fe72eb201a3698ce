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
#include "core/hub/hub_page.h"
#include "core/hub/model_download.h"
#include "core/hub/web_origin.h"

namespace studio {
namespace {

/// As many names of left files are said; --list names them all.
constexpr std::size_t kMostNames = 6;

struct DownloadOptions {
    std::string model, revision, folder, hub;
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
        const std::string problem = progress.failure ? progress.failure->cause() : std::string();
        if (problem != m_problem && !problem.empty()) m_output.note(problem + " It is tried again.");
        m_problem = problem;
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

/// What an option says, or the address that was pasted; both may say the same.
std::string eitherOf(const std::string& option, const std::string& given, const std::string& ofPage) {
    if (!given.empty() && !ofPage.empty() && given != ofPage)
        throw UsageError("The address says " + ofPage + " and " + option + " says " + given +
                         ": leave one out.");
    return given.empty() ? ofPage : given;
}

/// Without a token, which is only looked for once all else is right.
HubQuery queryOf(const DownloadOptions& options, const Environment& environment) {
    const HubPage page = hubPageOf(options.model);
    const std::string hub = options.hub.empty() ? std::string() : hubAddress(options.hub, environment);
    HubQuery query;
    query.hub = hubAddress(eitherOf("--hub", hub, page.hub), environment);
    query.model = page.model;
    query.revision = eitherOf("--revision", options.revision, page.revision);
    if (query.revision.empty()) query.revision = "main";
    checkRevision(query.revision);
    return query;
}

/// Whether the hub is one that the user set, and not only the host of an address that was pasted from
/// anywhere.
bool isUsersHub(const std::string& hub, const DownloadOptions& options, const Environment& environment) {
    if (!options.hub.empty()) return true;
    try {
        return haveSameOrigin(hub, hubAddress({}, environment));
    } catch (const Error&) {
        return false;  // HF_ENDPOINT is no address, and names no hub
    }
}

/// The user's token, where it may go to the hub that is asked; that it may not is said.
HubToken tokenFor(CommandContext& context, const HubQuery& query, const DownloadOptions& options,
                  const Environment& environment) {
    HubToken token = findHubToken(environment, context.stop);
    if (token.value.empty()) return token;
    if (!isUsersHub(query.hub, options, environment)) {
        context.output.note("The token is not sent to " + query.hub +
                            ", which only the pasted address names; give --hub " + query.hub +
                            " to send it.");
        return {};
    }
    if (!mayHaveToken(query.hub))
        context.output.note("The token from " + token.source +
                            " is not sent, because the address of the hub is not https.");
    return token;
}

/// Where the model is to go, once nothing there is in the way.
std::filesystem::path folderOf(const DownloadOptions& options, const HubQuery& query,
                               const Environment& environment) {
    std::filesystem::path folder = options.folder;
    if (folder.empty()) folder = usualModelFolder(query.model, environment);
    earlierDownload(downloadTarget(folder), query.model);
    return folder;
}

int runDownload(CommandContext& context, const DownloadOptions& options) {
    if (options.all && !options.patterns.empty()) throw UsageError("Give either --all or --file.");
    const Environment environment = initialEnvironment();
    HubQuery query = queryOf(options, environment);
    DownloadSettings settings;
    if (!options.list) settings.folder = folderOf(options, query, environment);
    query.token = tokenFor(context, query, options, environment);
    context.output.progress({"asking " + query.hub, 0, 0, {}, -1.0, {}});
    const DownloadPlan plan =
        planDownload(listHubModel(query, context.stop), {options.all, options.patterns});
    if (options.list) return listFiles(context, plan);
    if (!plan.hasWeights() && options.patterns.empty() && !options.all)
        context.output.note(
            "This model has no weights as safetensors or pytorch_model.bin; --list shows what it "
            "has, --file takes others.");
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
    addOption(verb, "model,--model", options->model,
              "ORGANISATION/NAME, as it stands on the model's page, or the address of that page")
        ->required();
    addOption(verb, "--revision", options->revision,
              "Branch, tag or commit; when left out, the one that the page's address names, or main")
        ->check(notEmpty());
    addOption(verb, "--to", options->folder,
              "Folder that becomes the model's; when left out, "
              "finetune-studio/models/ORGANISATION--NAME in ~/.local/share")
        ->check(notEmpty());
    addOption(verb, "--hub", options->hub,
              "Address of the hub or of a mirror; when left out, the one of the page's address, or "
              "HF_ENDPOINT of the environment, or https://huggingface.co")
        ->check(notEmpty());
    addOption(verb, "--file", options->patterns,
              "Only files that fit this pattern, such as \"*.json\"; may be given several times")
        ->check(notEmpty());
    verb->add_flag("--all", options->all, "Every file, also weights for other programs");
    verb->add_flag("--list", options->list, "Only say which files there are and which would be downloaded");
    addOption(verb, "--parallel", options->parallel, "Files at a time")
        ->transform(wholeNumber(1, 16))
        ->capture_default_str();
    verb->footer(
        "A token for private and gated models is taken from HF_TOKEN, from ~/.cache/huggingface/token, or "
        "from\n"
        "the keyring (secret-tool store --label=FineTune service finetune-studio). It goes to the hub "
        "of\n"
        "--hub or HF_ENDPOINT, or to https://huggingface.co, and to no other host that a pasted address "
        "names.\n"
        "Interrupted, the same command goes on where it was.");
    onVerb(verb, context, options, runDownload);
}

}  // namespace studio
