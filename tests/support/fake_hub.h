// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "tests/support/http_server.h"

namespace studio::test {

/// A model hub as Hugging Face's API has it, with one model, over a local HttpServer.
class FakeHub {
public:
    inline static const std::string kModel = "acme/tiny-model";

    FakeHub();

    HttpServer& server() { return m_server; }
    std::string address() const { return m_server.address(); }
    const std::string& commit() const { return m_commit; }

    /// Adds or changes a file; `isLarge` ones are listed with their SHA-256, others as git's blobs.
    void add(const std::string& path, const std::string& bytes, bool isLarge = false);
    void remove(const std::string& path);
    /// Lists a file without any sum.
    void addUnhashed(const std::string& path, const std::string& bytes);
    /// A model that this program reads: config.json, a tokenizer, weights, README, and an ONNX copy.
    void addUsualFiles(std::size_t weightBytes);
    /// The model at another commit from now on: forty times this digit.
    void setCommit(char digit);
    /// Lists so many files a page; 0: all on one.
    void setPageSize(std::size_t files);

    /// The path of the server under which a file lies.
    std::string pathOf(const std::string& file) const;
    const std::string& bytesOf(const std::string& file) const { return m_files.at(file).bytes; }
    /// The ordinary answer to a request for a file, to be made worse.
    HttpReply reply(const std::string& file) const;
    /// Answers in turn instead of the ordinary one.
    void script(const std::string& file, std::vector<HttpReply> replies);

    std::string infoPath(const std::string& revision = "main") const;
    std::string treePath() const;

private:
    struct File {
        std::string bytes;
        bool isLarge = false, isHashed = true;
    };
    void publish();

    HttpServer m_server;
    std::string m_commit;
    std::map<std::string, File> m_files;
    std::map<std::string, std::vector<HttpReply>> m_scripts;
    std::size_t m_pageSize = 0;
};

/// Bytes that look like nothing in particular, the same for the same seed.
std::string noise(std::size_t bytes, unsigned seed);

/// A JSON answer.
HttpReply jsonReply(const std::string& json);

}  // namespace studio::test
