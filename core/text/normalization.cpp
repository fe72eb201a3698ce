// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/normalization.h"

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/uniset.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include "core/base/error.h"

namespace studio {

namespace {

void checkIcu(UErrorCode status, const char* what) {
    if (U_SUCCESS(status)) return;
    throw Error(ErrorCode::Internal, std::string("ICU could not ") + what + " (" + u_errorName(status) + ").",
                "Check that the ICU data files of the system are installed completely.");
}

/// ICU's own normalizers, held to the characters of Unicode 9.0.
class Normalizers {
public:
    static const Normalizers& instance() {
        static const Normalizers normalizers;
        return normalizers;
    }
    const icu::Normalizer2& of(NormalForm form) const { return *m_forms[static_cast<std::size_t>(form)]; }

private:
    Normalizers() {
        UErrorCode status = U_ZERO_ERROR;
        m_characters = std::make_unique<icu::UnicodeSet>(u"[:Age=9.0:]", status);
        checkIcu(status, "make a set of characters");
        m_characters->freeze();
        const std::array all = {
            icu::Normalizer2::getNFCInstance(status), icu::Normalizer2::getNFDInstance(status),
            icu::Normalizer2::getNFKCInstance(status), icu::Normalizer2::getNFKDInstance(status)};
        checkIcu(status, "load its normalization data");
        for (std::size_t i = 0; i < all.size(); ++i)
            m_forms[i] = std::make_unique<icu::FilteredNormalizer2>(*all[i], *m_characters);
    }

    std::unique_ptr<icu::UnicodeSet> m_characters;
    std::array<std::unique_ptr<icu::FilteredNormalizer2>, 4> m_forms;
};

icu::StringPiece piece(std::string_view text) {
    return {text.data(), static_cast<std::int32_t>(text.size())};
}

bool isBelow(std::string_view text, unsigned char limit) {
    return std::all_of(text.begin(), text.end(),
                       [limit](char c) { return static_cast<unsigned char>(c) < limit; });
}

}  // namespace

std::string normalized(std::string_view text, NormalForm form, std::vector<TextEdit>* edits) {
    UErrorCode status = U_ZERO_ERROR;
    std::string result;
    icu::StringByteSink<std::string> sink(&result, static_cast<std::int32_t>(text.size()));
    icu::Edits changes;
    Normalizers::instance().of(form).normalizeUTF8(0, piece(text), sink, edits ? &changes : nullptr, status);
    checkIcu(status, "normalize a text");
    if (!edits) return result;
    edits->clear();
    auto change = changes.getFineChangesIterator();
    while (change.next(status)) {
        const auto oldBegin = static_cast<std::size_t>(change.sourceIndex());
        const auto newBegin = static_cast<std::size_t>(change.destinationIndex());
        edits->push_back({oldBegin, oldBegin + static_cast<std::size_t>(change.oldLength()), newBegin,
                          newBegin + static_cast<std::size_t>(change.newLength())});
    }
    checkIcu(status, "say what it changed");
    return result;
}

bool isNormalized(std::string_view text, NormalForm form) {
    // What is below U+0300 (lead bytes below 0xCC, and no other byte is larger) is in NFC, ASCII in every
    // form.
    if (isBelow(text, form == NormalForm::Nfc ? 0xCC : 0x80)) return true;
    UErrorCode status = U_ZERO_ERROR;
    const bool normal = Normalizers::instance().of(form).isNormalizedUTF8(piece(text), status);
    checkIcu(status, "check a text");
    return normal;
}

}  // namespace studio
