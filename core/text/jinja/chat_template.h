// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace studio {

namespace jinja {
class Template;
}

/// What a chat template is given, as Hugging Face Transformers gives it (apply_chat_template). A value.
struct ChatContext {
    using Json = nlohmann::ordered_json;

    Json messages =
        Json::array();  ///< objects with "role", "content" (text or a list of parts) and whatever else
    bool addGenerationPrompt = true;
    Json tools;                           ///< JSON schemas of functions; null: none
    Json documents;                       ///< null: none
    Json specialTokens = Json::object();  ///< "bos_token": "<s>"; those that a model lacks are left out
    Json variables = Json::object();  ///< further names ("enable_thinking"); they go before special tokens
    /// Local time, for templates that tell the model the date; without it those fail.
    std::optional<std::tm> now;

    void addMessage(std::string_view role, std::string_view content);
};

/// How much one rendering may take (core/text/jinja/budget.h). The defaults are far beyond what templates
/// that are meant well need.
struct ChatLimits {
    std::size_t steps = 20'000'000;
    std::size_t textBytes = std::size_t{16} << 20;
    std::size_t memoryBytes = std::size_t{256} << 20;
};

/// A chat template of a model, in Jinja as Hugging Face Transformers sets it up: trim_blocks, lstrip_blocks,
/// the immutable sandbox, break and continue, `generation`, raise_exception, strftime_now and its own tojson.
/// It is a program from the internet: it can neither read anything but its context nor run for long
/// (docs/decisions/0015-chat-templates.md says what is carried out and what is refused). Immutable; may be
/// used from several threads at once.
class ChatTemplate {
public:
    /// `name` stands for it in messages: a file's or a model's. Throws TemplateInvalid naming the line of a
    /// mistake or a limit that is exceeded, UnsupportedFormat for a part of Jinja that is not carried out,
    /// BadEncoding. Error::args() are {what is wrong, name, line}.
    static ChatTemplate parse(const std::string& source, std::string name);

    /// The text that the model is to read, special tokens written out. The same errors as parse(), also with
    /// the template's own words where it refuses the messages (raise_exception), and BadEncoding or
    /// BadFormat where the context holds text that is no UTF-8, or numbers beyond 64 bits. Throws Cancelled.
    std::string render(const ChatContext& context, const ChatLimits& limits = {},
                       const std::stop_token& stop = {}) const;

    const std::string& name() const { return m_name; }
    const std::string& source() const { return m_source; }

private:
    ChatTemplate(std::string source, std::string name);

    std::string m_source;
    std::string m_name;
    std::shared_ptr<const jinja::Template> m_template;
};

/// The time on this machine's clock and in its zone, for ChatContext::now.
std::tm localTime();

}  // namespace studio
