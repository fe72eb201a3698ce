// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/sentencepiece_model.h"

#include <cmath>
#include <cstring>

#include "core/base/error.h"

namespace studio {

namespace {

constexpr std::size_t kMostPieces = 2'000'000;

[[noreturn]] void throwInvalid(const std::string& source, const std::string& what) {
    throw Error(ErrorCode::TokenizerInvalid, "The sentencepiece model " + source + " " + what + ".",
                "Copy tokenizer.model again from where the model came from.", {source});
}

/// One field of a message: its number and, by the wire type, its number or its bytes.
struct Field {
    std::uint64_t number = 0;
    unsigned wire = 0;
    std::uint64_t value = 0;
    std::string_view bytes;

    std::int64_t integer() const { return static_cast<std::int64_t>(value); }
    bool flag() const { return value != 0; }
    float real() const {
        const auto bits = static_cast<std::uint32_t>(value);
        float number32 = 0.0F;
        std::memcpy(&number32, &bits, sizeof number32);
        return number32;
    }
};

class MessageReader {
public:
    MessageReader(std::string_view bytes, const std::string& source) : m_bytes(bytes), m_source(source) {}

    bool atEnd() const { return m_at >= m_bytes.size(); }

    Field next() {
        const std::uint64_t key = varint();
        Field field{key >> 3, static_cast<unsigned>(key & 7), 0, {}};
        switch (field.wire) {
            case 0:
                field.value = varint();
                break;
            case 1:
                field.value = fixed(8);
                break;
            case 2:
                field.bytes = take(varint());
                break;
            case 5:
                field.value = fixed(4);
                break;
            default:
                throwInvalid(m_source, "is damaged or not a sentencepiece model");
        }
        return field;
    }

private:
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(take(1).front());
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80) return value;
        }
        throwInvalid(m_source, "is damaged: a number has more than 64 bits");
    }
    std::uint64_t fixed(std::size_t count) {
        std::uint64_t value = 0;
        std::memcpy(&value, take(count).data(), count);
        return value;
    }
    std::string_view take(std::uint64_t count) {
        if (count > m_bytes.size() - m_at) throwInvalid(m_source, "is cut off");
        const std::string_view part = m_bytes.substr(m_at, count);
        m_at += count;
        return part;
    }

    std::string_view m_bytes;
    const std::string& m_source;
    std::size_t m_at = 0;
};

SentencePiece readPiece(std::string_view bytes, const std::string& source) {
    SentencePiece piece;
    for (MessageReader reader(bytes, source); !reader.atEnd();) {
        const Field field = reader.next();
        if (field.number == 1) piece.text = field.bytes;
        if (field.number == 2) piece.score = field.real();
        if (!std::isfinite(piece.score)) throwInvalid(source, "has a piece without a finite score");
        if (field.number != 3) continue;
        if (field.value < 1 || field.value > 6) throwInvalid(source, "has a piece of an unknown kind");
        piece.kind = static_cast<SentencePiece::Kind>(field.value);
    }
    return piece;
}

void readTrainer(std::string_view bytes, const std::string& source, SentencePieceModel& model) {
    for (MessageReader reader(bytes, source); !reader.atEnd();) {
        const Field field = reader.next();
        switch (field.number) {
            case 3:
                if (field.value < 1 || field.value > 4) throwInvalid(source, "has an unknown algorithm");
                model.algorithm = static_cast<SentencePieceModel::Algorithm>(field.value);
                break;
            case 24:
                model.spaceAsSuffix = field.flag();
                break;
            case 35:
                model.byteFallback = field.flag();
                break;
            case 41:
                model.bosId = field.integer();
                break;
            case 42:
                model.eosId = field.integer();
                break;
            default:
                break;
        }
    }
}

void readNormalizer(std::string_view bytes, const std::string& source, SentencePieceModel& model) {
    for (MessageReader reader(bytes, source); !reader.atEnd();) {
        const Field field = reader.next();
        switch (field.number) {
            case 1:
                model.normalizer = field.bytes;
                break;
            case 2:
                model.rewrites = !field.bytes.empty();
                break;
            case 3:
                model.addsDummyPrefix = field.flag();
                break;
            case 4:
                model.removesExtraSpaces = field.flag();
                break;
            case 5:
                model.escapesSpaces = field.flag();
                break;
            default:
                break;
        }
    }
}

}  // namespace

SentencePieceModel parseSentencePieceModel(std::string_view bytes, const std::string& source) {
    SentencePieceModel model;
    bool hasNormalizer = false;
    for (MessageReader reader(bytes, source); !reader.atEnd();) {
        const Field field = reader.next();
        if (field.number == 1) {
            if (model.pieces.size() == kMostPieces) throwInvalid(source, "has more pieces than any real one");
            model.pieces.push_back(readPiece(field.bytes, source));
        }
        if (field.number == 2) readTrainer(field.bytes, source, model);
        if (field.number != 3) continue;
        hasNormalizer = true;
        readNormalizer(field.bytes, source, model);
    }
    if (model.pieces.empty()) throwInvalid(source, "has no vocabulary");
    // They follow the pieces; a file that was cut between two pieces would pass for a smaller one.
    if (!hasNormalizer) throwInvalid(source, "is cut off: its normaliser settings are missing");
    return model;
}

}  // namespace studio
