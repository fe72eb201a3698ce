// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <functional>

#include "app/cli/compare_items.h"
#include "app/cli/interrupt.h"
#include "app/cli/job_display.h"
#include "app/cli/model_choice.h"
#include "app/cli/settings_options.h"
#include "app/cli/terminal_text.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/evaluate/exact_match.h"
#include "core/formats/other_base.h"
#include "core/storage/project.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

struct CompareOptions {
    std::vector<std::string> arms, prompts;
    std::string promptsFile, project, split = "test", templateName;
    std::int64_t limit = 0, show = -1;
    bool raw = false;
    GenerateOptions generate;
};

/// So many items are asked of each arm before its next ones: an interruption loses no more than these.
constexpr std::size_t kItemsAtOnce = 256;

/// Asks every arm every item, prints each item as it is complete and counts the exact matches.
class Comparison {
public:
    Comparison(CommandContext& context, const CompareOptions& options, std::vector<CompareArm> arms)
        : m_context(context),
          m_options(options),
          m_settings(options.generate.settings()),
          m_arms(std::move(arms)),
          m_counts(m_arms.size()) {
        if (!options.raw) m_template = sharedTemplate();
    }

    /// False when it was interrupted on the way; what is complete is printed and counted.
    bool run(const std::vector<CompareItem>& items) {
        for (std::size_t first = 0; first < items.size(); first += kItemsAtOnce) {
            const std::size_t count = std::min(kItemsAtOnce, items.size() - first);
            if (!runPart(items, first, count)) return false;
        }
        return true;
    }

    /// Throws the first reason where no item could be asked.
    void sayRefused(std::size_t items) const {
        if (m_refused == 0) return;
        if (m_refused == items) throw *m_firstRefused;
        m_context.output.note(std::to_string(m_refused) + " of " + std::to_string(items) +
                              " prompts could not be asked; the figures are those of the others.");
    }

    /// Last, where it is read beside the figures.
    void sayOtherBases() const {
        for (const CompareArm& arm : m_arms)
            if (const auto note = otherBaseNote(arm.adapterFolder, arm.modelFolder, {}, m_context.stop))
                m_context.output.note("The arm " + arm.name + ": " + note->message);
    }

    void printMatches() const {
        if (m_context.output.json() || m_counts.empty() || m_counts.front().all == 0) return;
        std::string line = "exact match:";
        for (std::size_t i = 0; i < m_arms.size(); ++i) {
            line += (i == 0 ? " " : ", ") + m_arms[i].name + " " + percentText(m_counts[i].percent());
        }
        m_context.output.line(line);
    }

private:
    /// One template for all arms. The one asked for, or the one a fine-tuned arm carries; a difference is
    /// said.
    PromptTemplate sharedTemplate() const {
        std::optional<PromptTemplate> carried;
        std::vector<std::pair<std::string, PromptTemplate>> all;
        for (const CompareArm& arm : m_arms) {
            const std::optional<PromptTemplate> own = templateOfModel(arm.trainedFolder());
            if (!own) continue;
            if (!carried) carried = own;
            all.emplace_back(arm.name, *own);
        }
        const fs::path templates =
            m_options.project.empty() ? fs::path() : Project::open(m_options.project)->templatesFolder();
        const bool isCarried = m_options.templateName.empty() && carried;
        PromptTemplate chosen =
            isCarried ? *carried
                      : chosenTemplate(m_options.templateName, templates, m_arms.front().modelFolder);
        for (const auto& [arm, own] : all) {
            if (own == chosen) continue;
            m_context.output.note("The arm " + arm + " was trained with the template " + own.name +
                                  ", and is asked with " + chosen.name + ".");
        }
        return chosen;
    }

    std::string promptOf(const CompareItem& item) const {
        return m_options.raw ? item.instruction : hydratedPrompt(m_template, item.instruction, item.input);
    }

    /// Asks one arm after the other all of these items at once; they are printed in order as the last arm
    /// answers them.
    bool runPart(const std::vector<CompareItem>& items, std::size_t first, std::size_t count) {
        std::vector<std::vector<BatchAnswer>> answers(m_arms.size(), std::vector<BatchAnswer>(count));
        std::size_t reported = 0;
        for (std::size_t arm = 0; arm < m_arms.size(); ++arm) {
            GenerateBatchJob job = jobOf(m_arms[arm]);
            for (std::size_t i = 0; i < count; ++i) job.prompts.push_back(promptOf(items[first + i]));
            AnswerObserver observer([&](const AnswerEvent& event) {
                answers[arm][static_cast<std::size_t>(event.item)] = event.answer;
                m_context.output.progress({"comparing",
                                           ++m_ended,
                                           static_cast<std::int64_t>(m_arms.size() * items.size()),
                                           {},
                                           -1.0});
                if (arm + 1 == m_arms.size()) reported = reportComplete(items, first, answers, reported);
            });
            runOrThrow(m_context.engine(), job, observer, m_context.stop);
            if (m_context.stop.stop_requested()) return false;
        }
        if (reported < count)
            throw Error(ErrorCode::Internal, "An answer is missing.", "Report this with the command.");
        return true;
    }

    GenerateBatchJob jobOf(const CompareArm& arm) const {
        GenerateBatchJob job;
        job.modelFolder = arm.modelFolder;
        job.adapterFolder = arm.adapterFolder;
        job.raw = m_options.raw;
        if (!m_options.raw) job.form = promptForm(m_template);
        job.settings = m_settings;
        job.threads = m_context.threads;
        if (!m_context.device.empty()) job.device = m_context.device;
        if (!m_context.dtype.empty()) job.precision = m_context.dtype;
        return job;
    }

    /// Prints from item `next` on as far as all arms have answered or refused; returns the first that is not
    /// printed.
    std::size_t reportComplete(const std::vector<CompareItem>& items, std::size_t first,
                               const std::vector<std::vector<BatchAnswer>>& answers, std::size_t next) {
        for (; next < answers.front().size(); ++next) {
            std::vector<GenerateResult> row;
            const BatchAnswer* refused = nullptr;
            for (const auto& arm : answers) {
                const BatchAnswer& answer = arm[next];
                const bool answered = answer.answered() && answer.result.stopReason != "cancelled";
                if (!answered && !answer.refused()) return next;
                if (answer.refused() && !refused) refused = &answer;
                row.push_back(answer.result);
            }
            if (refused)
                reportRefused(items[first + next], *refused);
            else
                report(items[first + next], row, static_cast<std::int64_t>(first + next));
        }
        return next;
    }

    /// One that an arm cannot be asked counts for none.
    void reportRefused(const CompareItem& item, const BatchAnswer& refused) {
        if (m_refused++ == 0)
            m_firstRefused.emplace(refused.code, refused.cause, refused.nextStep, refused.args);
        if (m_context.output.json()) {
            OrderedJson json{
                {"prompt", item.instruction}, {"error", refused.cause}, {"next_step", refused.nextStep}};
            if (item.row > 0) json["row"] = item.row;
            m_context.output.jsonLine(json);
        } else {
            const std::string name = item.row > 0 ? "Row " + std::to_string(item.row) : "A prompt";
            m_context.output.note(name + " is not asked: " + refused.cause);
        }
    }

    void report(const CompareItem& item, const std::vector<GenerateResult>& answers, std::int64_t index) {
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (item.hasReference) m_counts[i].add(exactMatch(answers[i].text, item.reference));
        }
        if (m_context.output.json()) {
            m_context.output.jsonLine(itemJson(item, answers));
        } else if (m_options.show < 0 || index < m_options.show) {
            printItem(item, answers);
        }
    }

    OrderedJson itemJson(const CompareItem& item, const std::vector<GenerateResult>& answers) const {
        OrderedJson json{{"prompt", item.instruction},
                         {"reference", item.hasReference ? OrderedJson(item.reference) : OrderedJson()}};
        OrderedJson& byArm = json["answers"] = OrderedJson::object();
        for (std::size_t i = 0; i < answers.size(); ++i) {
            byArm[m_arms[i].name] = {{"text", answers[i].text},
                                     {"ids", answers[i].ids},
                                     {"stop_reason", answers[i].stopReason},
                                     {"tokens_per_second", answers[i].tokensPerSecond}};
            if (item.hasReference)
                byArm[m_arms[i].name]["exact_match"] = exactMatch(answers[i].text, item.reference);
        }
        if (!item.input.empty()) json["input"] = item.input;
        if (item.row > 0) json["row"] = item.row;
        json["hydrated"] = promptOf(item);
        return json;
    }

    void printItem(const CompareItem& item, const std::vector<GenerateResult>& answers) const {
        Output& output = m_context.output;
        output.line((item.row > 0 ? "Row " + std::to_string(item.row) + ": " : "") + item.instruction +
                    (item.input.empty() ? "" : "\n" + item.input));
        if (item.hasReference) output.line("Reference: " + item.reference);
        std::vector<std::string> columns;
        for (std::size_t i = 0; i < answers.size(); ++i) {
            const bool match = item.hasReference && exactMatch(answers[i].text, item.reference);
            // Its rate is a share of what all prompts together had, and would say nothing of the model.
            const std::string title = m_arms[i].name + " · " +
                                      counted(static_cast<std::int64_t>(answers[i].ids.size()), "token") +
                                      (match ? " · exact match" : "");
            columns.push_back(title + "\n" + std::string(trimmedAnswer(answers[i].text)));
        }
        output.line(sideBySide(columns, output.columns()) + "\n");
    }

    static std::string_view trimmedAnswer(std::string_view text) {
        while (text.starts_with('\n') || text.starts_with(' ')) text.remove_prefix(1);
        while (text.ends_with('\n') || text.ends_with(' ')) text.remove_suffix(1);
        return text;
    }

    /// Hands on whole answers; the pieces are not shown.
    class AnswerObserver : public JobObserver {
    public:
        explicit AnswerObserver(std::function<void(const AnswerEvent&)> take) : m_take(std::move(take)) {}
        void onEvent(const JobEvent& event) override {
            if (const auto* answer = std::get_if<AnswerEvent>(&event)) m_take(*answer);
        }

    private:
        std::function<void(const AnswerEvent&)> m_take;
    };

    CommandContext& m_context;
    const CompareOptions& m_options;
    GenerateSettings m_settings;
    std::vector<CompareArm> m_arms;
    std::vector<MatchCount> m_counts;
    std::int64_t m_ended = 0;   ///< answers of all arms
    std::size_t m_refused = 0;  ///< items
    std::optional<Error> m_firstRefused;
    PromptTemplate m_template;
};

std::vector<CompareItem> itemsOf(const CompareOptions& options) {
    const int sources = (options.prompts.empty() ? 0 : 1) + (options.promptsFile.empty() ? 0 : 1) +
                        (options.project.empty() ? 0 : 1);
    if (sources != 1) throw UsageError("Give one of --prompt, --prompts and --project.");
    std::vector<CompareItem> items;
    if (!options.promptsFile.empty()) {
        items = itemsOfFile(options.promptsFile);
    } else if (!options.project.empty()) {
        Split split = Split::Test;
        try {
            split = splitFromName(options.split);
        } catch (const Error& problem) {
            throw UsageError(problem.what());
        }
        items = itemsOfProject(options.project, split);
    } else {
        for (const std::string& prompt : options.prompts) items.push_back({0, prompt, {}, {}, false});
    }
    if (options.limit > 0 && static_cast<std::int64_t>(items.size()) > options.limit) {
        items.resize(static_cast<std::size_t>(options.limit));
    }
    return items;
}

int runCompare(CommandContext& context, const CompareOptions& options) {
    if (options.raw && !options.templateName.empty())
        throw UsageError("--raw and --template exclude each other.");
    const std::vector<CompareItem> items = itemsOf(options);
    Comparison comparison(context, options, parseArms(options.arms));
    const bool complete = comparison.run(items);
    comparison.sayRefused(items.size());
    comparison.printMatches();
    comparison.sayOtherBases();
    if (complete) return kExitOk;
    context.output.note("Interrupted; the figures are those of the items before.");
    return Interrupt::kExitCode;
}

}  // namespace

void addCompareVerb(CLI::App& app, CommandContext& context) {
    auto options = std::make_shared<CompareOptions>();
    CLI::App* verb =
        app.add_subcommand("compare", "The same prompts to one or more models, answers side by side");
    addOption(verb, "--arm", options->arms,
              "NAME=FOLDER of a model, of a run, or of a LoRA adapter that says where its base model is; or "
              "NAME=FOLDER+ADAPTER with a LoRA adapter (its folder or a LoRA run's) beside the model; once "
              "for each")
        ->required();
    addOption(verb, "--prompt", options->prompts,
              "A prompt; may be given several times. One of --prompt, --prompts and --project is needed");
    addOption(
        verb, "--prompts", options->promptsFile,
        "File of prompts: one a line, or JSON (an array, or a line each) with \"instruction\", \"input\" and "
        "\"output\"");
    addOption(verb, "--project", options->project, "Project folder, of which one split is asked");
    addOption(verb, "--split", options->split, "Split of the project: train, validation, test or none")
        ->capture_default_str();
    addOption(verb, "--template", options->templateName,
              "Prompt template of all sides: a name, a file, or chat for the first model's chat template; "
              "left out, "
              "the one that a fine-tuned model was trained with, or else that chat template, or else alpaca")
        ->check(notEmpty());
    verb->add_flag("--raw", options->raw, "No template: the models go on from the prompts as they are");
    addOption(verb, "--limit", options->limit, "Only this many prompts")->transform(wholeNumber(1));
    addOption(verb, "--show", options->show, "Print only this many items side by side; the figures count all")
        ->transform(wholeNumber(0));
    options->generate.addTo(verb);
    onVerb(verb, context, options, runCompare);
}

}  // namespace studio
