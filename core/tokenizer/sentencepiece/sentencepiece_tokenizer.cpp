// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/sentencepiece/sentencepiece_tokenizer.h"

#include <sentencepiece_processor.h>

#include <limits>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json_reader.h"
#include "core/formats/protobuf_fields.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr std::string_view kSpace = "\xE2\x96\x81";  // U+2581, sentencepiece's spelling of a space

[[noreturn]] void refuse(const std::string& source, const std::string& reason) {
    throw Error(ErrorCode::TokenizerInvalid, "The sentencepiece model " + source + " " + reason + ".",
                "Copy tokenizer.model again from where the model came from.", {source});
}

void checkStatus(const sentencepiece::util::Status& status) {
    if (status.ok()) return;
    throw Error(ErrorCode::Internal,
                "sentencepiece could not encode a text: " + std::string(status.message()) + ".",
                "Check that the text is valid UTF-8.");
}

/// Texts go to the library with 32-bit offsets.
std::string_view checkedText(std::string_view text) {
    if (text.size() < static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) return text;
    throw Error(ErrorCode::InvalidArgument, "A single text of 2 GiB or more cannot be encoded at once.",
                "Part it into several documents.");
}

/// Whether a ModelProto has its normaliser settings (field 3), which follow the pieces (field 1). The library
/// also loads a file that was cut between two pieces, with half a vocabulary and other rules for spaces.
bool hasNormalizer(std::string_view bytes) {
    ProtobufFields fields(bytes);
    while (const auto field = fields.next())
        if (*field == 3) return true;
    return false;
}

std::string withSpaces(std::string_view spelling) {
    std::string text;
    for (std::size_t at = 0; at < spelling.size();) {
        if (spelling.substr(at, kSpace.size()) == kSpace) {
            text += ' ';
            at += kSpace.size();
        } else {
            text += spelling[at++];
        }
    }
    return text;
}

}  // namespace

std::unique_ptr<SentencePieceTokenizer> SentencePieceTokenizer::load(const fs::path& folder) {
    const fs::path path = folder / "tokenizer.model";
    auto tokenizer = std::make_unique<SentencePieceTokenizer>(readFile(path), path.string());
    tokenizer->readConfig(folder / "tokenizer_config.json");
    return tokenizer;
}

SentencePieceTokenizer::SentencePieceTokenizer(const std::string& bytes, const std::string& source)
    : m_processor(std::make_unique<sentencepiece::SentencePieceProcessor>()) {
    if (bytes.empty()) refuse(source, "is empty");
    try {
        const auto status = m_processor->LoadFromSerializedProto(bytes);
        if (!status.ok()) refuse(source, "is damaged or not a sentencepiece model");
    } catch (const Error&) {
        throw;
    } catch (const std::exception& e) {
        refuse(source, std::string("is damaged (") + e.what() + ")");
    }
    if (!hasNormalizer(bytes)) refuse(source, "is cut off: its normaliser settings are missing");
    if (m_processor->GetPieceSize() <= 0) refuse(source, "has no vocabulary");
    readPieces();
    findOutPrefixRule();
    if (m_processor->bos_id() >= 0) m_bosId = m_processor->bos_id();
    if (m_processor->eos_id() >= 0) m_eosId = m_processor->eos_id();
}

SentencePieceTokenizer::~SentencePieceTokenizer() = default;

void SentencePieceTokenizer::readPieces() {
    const int count = m_processor->GetPieceSize();
    m_pieces.resize(static_cast<std::size_t>(count));
    for (int id = 0; id < count; ++id) {
        Piece& piece = m_pieces[static_cast<std::size_t>(id)];
        piece.spelling = m_processor->IdToPiece(id);
        if (m_processor->IsByte(id)) {  // "<0x0A>"
            piece.isByte = true;
            piece.bytes = static_cast<char>(std::stoi(piece.spelling.substr(3, 2), nullptr, 16));
        } else if (m_processor->IsUnknown(id)) {
            piece.bytes = m_processor->DecodeIds({id});  // the surface that the model sets for it, " ⁇ "
        } else if (m_processor->IsControl(id)) {
            piece.isControl = true;
        } else {
            piece.startsSpace = std::string_view(piece.spelling).substr(0, kSpace.size()) == kSpace;
            piece.bytes = withSpaces(piece.spelling);
        }
    }
}

/// The library keeps the model's normaliser settings to itself; what it does with leading spaces shows them.
void SentencePieceTokenizer::findOutPrefixRule() {
    for (std::size_t id = 0; id < m_pieces.size(); ++id) {
        const Piece& piece = m_pieces[id];
        if (!piece.startsSpace) continue;
        const int number = static_cast<int>(id);
        m_dropsFirstSpace = m_processor->DecodeIds({number}) != piece.bytes;
        if (!m_dropsFirstSpace) return;
        if (piece.spelling != kSpace) continue;
        m_dropsAllSpaces = m_processor->DecodeIds({number, number}).empty();
        return;
    }
}

void SentencePieceTokenizer::readConfig(const fs::path& path) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return;
    const std::string text = readFile(path);
    JsonReader reader(text, path.string());
    const OrderedJson config = reader.value();
    reader.finish();
    if (!config.is_object()) {
        throw Error(ErrorCode::TokenizerInvalid, path.string() + " is not a JSON object.",
                    "Copy tokenizer_config.json again from where the model came from.", {path.string()});
    }
    const auto flag = [&](const char* name, bool& value) {
        const auto it = config.find(name);
        if (it == config.end() || it->is_null()) return;
        if (!it->is_boolean()) {
            throw Error(
                ErrorCode::TokenizerInvalid,
                "The field " + std::string(name) + " of " + path.string() + " is neither true nor false.",
                "Correct the field or remove it.", {path.string(), name});
        }
        value = it->get<bool>();
    };
    flag("add_bos_token", m_addsBos);
    flag("add_eos_token", m_addsEos);
    // A model may end its turns with another token than the sentencepiece model's own </s>.
    const auto special = [&](const char* name, std::optional<std::int64_t>& id) {
        const auto it = config.find(name);
        if (it == config.end()) return;
        const OrderedJson& content = it->is_object() && it->contains("content") ? (*it)["content"] : *it;
        if (!content.is_string()) return;
        const auto spelling = content.get<std::string>();
        const int found = m_processor->PieceToId(spelling);
        if (found >= 0 && !m_processor->IsUnknown(found)) id = found;
    };
    special("bos_token", m_bosId);
    special("eos_token", m_eosId);
}

const SentencePieceTokenizer::Piece& SentencePieceTokenizer::at(std::int64_t id) const {
    if (id < 0 || id >= vocabSize()) {
        throw Error(ErrorCode::InvalidArgument,
                    "Token " + std::to_string(id) + " is outside the vocabulary of " +
                        std::to_string(vocabSize()) + " tokens.",
                    "Check that the tokenizer belongs to the model.", {std::to_string(id)});
    }
    return m_pieces[static_cast<std::size_t>(id)];
}

std::vector<std::int64_t> SentencePieceTokenizer::encode(std::string_view text) const {
    std::vector<int> ids;
    checkStatus(m_processor->Encode(checkedText(text), &ids));
    return {ids.begin(), ids.end()};
}

std::vector<TokenSpan> SentencePieceTokenizer::encodeWithSpans(std::string_view text) const {
    sentencepiece::ImmutableSentencePieceText encoded;
    checkStatus(m_processor->Encode(checkedText(text), encoded.mutable_proto()));
    std::vector<TokenSpan> spans;
    const auto pieces = encoded.pieces();
    spans.reserve(pieces.size());
    std::size_t firstByte = 0;  // where a run of byte tokens of one character begins
    for (const auto& piece : pieces) {
        spans.push_back({piece.id(), piece.begin(), piece.end()});
        const bool isByte = m_pieces[piece.id()].isByte;
        if (!isByte) {
            firstByte = spans.size();
        } else if (piece.end() > piece.begin()) {
            // The library gives the character's whole range to its last byte. Where the text has as many
            // bytes as there are tokens each token gets its own; a normalised character stays with the last
            // one.
            const std::size_t count = spans.size() - firstByte;
            const std::size_t begin = piece.begin();
            if (count == piece.end() - begin) {
                for (std::size_t i = 0; i < count; ++i) {
                    spans[firstByte + i].begin = begin + i;
                    spans[firstByte + i].end = begin + i + 1;
                }
            }
            firstByte = spans.size();
        }
    }
    return spans;
}

std::vector<std::pair<std::string, std::int64_t>> SentencePieceTokenizer::unreadMarks() const {
    std::vector<std::pair<std::string, std::int64_t>> marks;
    for (std::size_t id = 0; id < m_pieces.size(); ++id)
        if (m_pieces[id].isControl) marks.emplace_back(m_pieces[id].spelling, static_cast<std::int64_t>(id));
    return marks;
}

std::string SentencePieceTokenizer::decodeNext(std::int64_t id, DecodeState& state) const {
    const Piece& piece = at(id);
    if (piece.isControl) return state.specials == SpecialTokens::Keep ? piece.spelling : std::string();
    if (state.begun || !m_dropsFirstSpace || !piece.startsSpace) {
        state.begun = state.begun || !piece.bytes.empty();
        return piece.bytes;
    }
    std::string text = piece.bytes.substr(1);
    state.begun = !m_dropsAllSpaces || !text.empty();
    return text;
}

std::string SentencePieceTokenizer::piece(std::int64_t id) const {
    return at(id).spelling;
}

}  // namespace studio
