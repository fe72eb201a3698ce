// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sstream>

#include "app/cli/command_context.h"
#include "app/cli/model_choice.h"
#include "app/cli/token_ids.h"
#include "app/cli/verbs.h"
#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/tokenizer/tokenizer.h"

namespace studio {
namespace {

struct TokenizeOptions {
    std::string model, text, lines, ids;
    bool noSpecial = false, decode = false, keepSpecial = false;
    CLI::Option* textOption = nullptr;
};

/// One text of a --lines file: a JSON string, or an object with "text".
std::string textOfLine(const std::string& line, const std::string& source) {
    const OrderedJson json = parseJson(line, source);
    if (json.is_string()) return json.get<std::string>();
    if (json.is_object() && json.contains("text") && json["text"].is_string())
        return json["text"].get<std::string>();
    throw Error(ErrorCode::BadFormat, source + " is neither a JSON string nor an object with a \"text\".",
                "Write one of the two on every line.", {source});
}

std::vector<std::string> textsOf(const TokenizeOptions& options) {
    if (options.textOption->count() > 0) return {options.text};
    std::vector<std::string> texts;
    std::istringstream file(readFile(options.lines));
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        texts.push_back(textOfLine(line, options.lines + ", line " + std::to_string(number)));
    }
    return texts;
}

void show(CommandContext& context, const TokenizeOptions& options, const Tokenizer& tokenizer,
          const std::vector<std::int64_t>& ids) {
    const bool decodes = options.decode || !options.ids.empty();
    const SpecialTokens specials = options.keepSpecial ? SpecialTokens::Keep : SpecialTokens::Skip;
    std::vector<std::string> pieces;
    for (const std::int64_t id : ids) pieces.push_back(tokenizer.piece(id));
    if (context.output.json()) {
        OrderedJson json{{"ids", ids}, {"pieces", pieces}};
        if (decodes) json["decoded"] = tokenizer.decodeText(ids, specials);
        context.output.jsonLine(json);
        return;
    }
    std::string line;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        line += (i == 0 ? "" : " ") + pieces[i] + "[" + std::to_string(ids[i]) + "]";
    }
    context.output.line(line);
    if (decodes) context.output.line(tokenizer.decodeText(ids, specials));
}

int runTokenize(CommandContext& context, const TokenizeOptions& options) {
    const int given = (options.textOption->count() > 0 ? 1 : 0) + (options.lines.empty() ? 0 : 1) +
                      (options.ids.empty() ? 0 : 1);
    if (given != 1) throw UsageError("Give either --text or --lines or --ids.");
    const auto tokenizer = loadTokenizer(modelFolderOf(options.model));
    if (!options.ids.empty()) {
        show(context, options, *tokenizer, parseIds(options.ids));
        return kExitOk;
    }
    for (const std::string& text : textsOf(options)) {
        if (context.stop.stop_requested()) throw Cancelled();
        show(context, options, *tokenizer,
             options.noSpecial ? tokenizer->encode(text) : tokenizer->encodeWithSpecials(text));
    }
    return kExitOk;
}

}  // namespace

void addTokenizeVerb(CLI::App& app, CommandContext& context) {
    auto options = std::make_shared<TokenizeOptions>();
    CLI::App* verb =
        app.add_subcommand("tokenize", "Token ids and pieces of a text, or the text of token ids");
    addOption(verb, "--model", options->model, "Model folder, or a run folder, whose tokenizer to use")
        ->required();
    options->textOption =
        addOption(verb, "--text", options->text, "Text; one of --text, --lines and --ids is needed");
    addOption(verb, "--lines", options->lines, "File of JSON lines: strings, or objects with \"text\"");
    verb->add_flag("--no-special", options->noSpecial, "Leave out the BOS and EOS that the tokenizer adds");
    verb->add_flag("--decode", options->decode, "Also turn the ids back into text");
    addOption(verb, "--ids", options->ids, "Token ids to turn into text: 1,2,3");
    verb->add_flag("--keep-special", options->keepSpecial, "Spell special tokens out in the decoded text");
    onVerb(verb, context, options, runTokenize);
}

}  // namespace studio
