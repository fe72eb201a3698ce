// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace studio {

/// Where a thing was read from, for messages. Two things that differ in nothing else are the same.
struct ReadFrom {
    std::string place;  ///< a file, or what else a person finds it by; empty: not known

    friend bool operator==(const ReadFrom&, const ReadFrom&) { return true; }
};

/// How an instruction becomes the text that a model reads. A value; the same one is used by training, Compare
/// and export and is stored with the trained model.
struct PromptTemplate {
    std::string name;          ///< identifier: "alpaca"
    std::string title;         ///< shown to people: "Alpaca"
    std::string withInput;     ///< used when the record has an input; must contain {instruction} and {input}
    std::string withoutInput;  ///< must contain {instruction}
    std::string separator;     ///< between prompt and response, part of the prompt: "\n"
    bool appendEos = true;     ///< the response ends with the end-of-sequence token

    /// A model's own chat template (Jinja), which the texts above then give the user's message to; empty:
    /// there is none. It says what stands before and behind an answer, so that the separator has no meaning,
    /// and appendEos only where it ends answers with nothing.
    std::string chatTemplate = {};
    std::map<std::string, std::string> specialTokens = {};  ///< for the chat template: "bos_token": "<s>"
    std::string chatDate = {};  ///< "2026-11-30": the day that the chat template is told, always the same one
    ReadFrom chatFile = {};     ///< of the chat template; not stored with the model

    bool isChat() const { return !chatTemplate.empty(); }
    bool operator==(const PromptTemplate&) const = default;
};

/// A piece of a template's text: literal text or one placeholder.
struct TemplatePart {
    bool isPlaceholder = false;
    std::string text;       ///< the literal, or the placeholder's name
    std::size_t begin = 0;  ///< bytes in the template's text
    std::size_t end = 0;
};

/// One thing wrong with a template.
struct TemplateIssue {
    std::string part;         ///< "with_input" or "without_input"
    std::string placeholder;  ///< the name concerned
    std::string suggestion;   ///< the nearest known name, or empty
    std::size_t begin = 0;    ///< bytes in that part's text
    std::size_t end = 0;
    std::string message;  ///< English sentence
};

/// Placeholders are `{name}` with a name of ASCII letters, digits and underscores; `{{` and `}}` stand for
/// braces; any other brace is literal text.
std::vector<TemplatePart> parseTemplate(const std::string& text);

/// All issues: unknown placeholders, a missing {instruction} or {input}.
std::vector<TemplateIssue> checkTemplate(const PromptTemplate& promptTemplate);

/// A prompt with the places where the record's fields stand in it.
struct HydratedPrompt {
    struct Span {
        std::string field;
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    std::string text;
    std::vector<Span> spans;
};

/// Fills in the record's fields. Substitution happens once: braces in the data stay as they are. An input
/// that is empty selects `withoutInput`. The separator is not included; a chat template is all carried out,
/// up to where the answer begins. Throws TemplateInvalid naming an unknown placeholder, and as ChatTemplate
/// does.
HydratedPrompt hydrate(const PromptTemplate& promptTemplate, const std::string& instruction,
                       const std::string& input);

/// The text that the model's answer follows: hydrate() and, but in a chat, the separator. Training and
/// generation both start here.
std::string hydratedPrompt(const PromptTemplate& promptTemplate, const std::string& instruction,
                           const std::string& input);

/// What the model learns to write behind hydratedPrompt(): the response, and in a chat what the model's
/// template puts before and behind it ("…<|im_end|>"). Throws TemplateInvalid where a chat template does not
/// carry the response.
std::string answerText(const PromptTemplate& promptTemplate, const std::string& instruction,
                       const std::string& input, const std::string& response);

/// How the text of a prompt is read.
struct PromptForm {
    bool marked = false;       ///< special tokens are written out in it, those of its beginning, too
    std::string endMark = {};  ///< the special token that ends an answer beside the model's own; may be empty

    bool operator==(const PromptForm&) const = default;
};

/// The form of a template's prompts. Without an end mark where a chat template does not carry answers.
PromptForm promptForm(const PromptTemplate& promptTemplate);

/// JSON of a template file: {"name","title","with_input","without_input","separator","append_eos"} and, of a
/// chat template, "chat_template", "special_tokens" and "chat_date".
/// Throws BadFormat/TemplateInvalid naming file and field.
PromptTemplate parsePromptTemplate(const std::string& json, const std::string& source);
std::string promptTemplateJson(const PromptTemplate& promptTemplate);

/// The templates that come with the program (resources/templates/*.json, compiled in), by name: "alpaca"
/// first, then "plain" and whatever else is there.
const std::vector<PromptTemplate>& builtInTemplates();

/// A built-in template, one of FOLDER/*.json (a project's templates; may be empty), or a path to a .json
/// file. Throws TemplateInvalid with the list of known names.
PromptTemplate findTemplate(const std::string& nameOrPath, const std::filesystem::path& folder = {});
/// Built-in and project templates together, the project's own last. A broken file is skipped and reported.
std::vector<PromptTemplate> allTemplates(const std::filesystem::path& folder,
                                         std::vector<std::string>* problems = nullptr);
/// Writes FOLDER/NAME.json atomically. Refuses a built-in's name and names outside [a-z0-9_-].
void saveTemplate(const PromptTemplate& promptTemplate, const std::filesystem::path& folder);

}  // namespace studio
