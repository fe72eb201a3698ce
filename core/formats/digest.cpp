// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/digest.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "core/base/error.h"
#include "core/base/progress.h"

namespace studio {

struct Digest::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() = default;
    ~State() { EVP_MD_CTX_free(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

namespace {

void require(bool done) {
    if (!done)
        throw Error(ErrorCode::Internal, "A digest of libcrypto failed.",
                    "Check the installation of OpenSSL.");
}

[[noreturn]] void throwUnreadable(const std::filesystem::path& path, int error) {
    if (error == ENOENT || error == ENOTDIR) {
        throw Error(ErrorCode::FileNotFound, "There is no file " + path.string() + ".", "Check the path.",
                    {path.string()});
    }
    throw Error(ErrorCode::FileUnreadable, "Cannot read " + path.string() + ": " + std::strerror(error) + ".",
                "Check that it is a file and that you may read it.", {path.string()});
}

}  // namespace

Digest::Digest(Kind kind) : m_state(std::make_unique<State>()) {
    const EVP_MD* algorithm = kind == Kind::Sha1 ? EVP_sha1() : EVP_sha256();
    require(m_state->context && EVP_DigestInit_ex(m_state->context, algorithm, nullptr) == 1);
}

Digest::~Digest() = default;

void Digest::update(std::string_view bytes) {
    require(EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size()) == 1);
}

std::string Digest::finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    require(EVP_DigestFinal_ex(m_state->context, digest.data(), &size) == 1);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += kDigits[digest[i] >> 4];
        text += kDigits[digest[i] & 15];
    }
    return text;
}

void Digest::updateFromFile(const std::filesystem::path& path, const std::stop_token& stop) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) throwUnreadable(path, errno);
    struct Closer {
        int fd;
        ~Closer() { ::close(fd); }
    } const closer{fd};
    std::vector<char> buffer(std::size_t{1} << 20);
    for (;;) {
        throwIfStopped(stop);
        const ssize_t count = ::read(fd, buffer.data(), buffer.size());
        if (count == 0) return;
        if (count > 0) {
            update({buffer.data(), static_cast<std::size_t>(count)});
        } else if (errno != EINTR) {
            throwUnreadable(path, errno);
        }
    }
}

}  // namespace studio
