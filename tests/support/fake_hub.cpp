// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_hub.h"

#include <random>

#include "core/formats/digest.h"
#include "core/formats/json.h"
#include "core/formats/sha256.h"

namespace studio::test {
namespace {

std::string gitBlob(const std::string& bytes) {
    Digest digest(Digest::Kind::Sha1);
    std::string head = "blob " + std::to_string(bytes.size());
    head += '\0';
    digest.update(head);
    digest.update(bytes);
    return digest.finish();
}

}  // namespace

std::string noise(std::size_t bytes, unsigned seed) {
    std::mt19937 engine(seed);
    std::string text(bytes, '\0');
    for (char& c : text) c = static_cast<char>(engine() & 0xffU);
    return text;
}

HttpReply jsonReply(const std::string& json) {
    HttpReply reply;
    reply.body = json;
    reply.headers = {{"Content-Type", "application/json; charset=utf-8"}};
    return reply;
}

FakeHub::FakeHub() {
    setCommit('a');
}

void FakeHub::setCommit(char digit) {
    m_commit = std::string(40, digit);
    publish();
}

void FakeHub::setPageSize(std::size_t files) {
    m_pageSize = files;
    publish();
}

void FakeHub::add(const std::string& path, const std::string& bytes, bool isLarge) {
    m_files[path] = {bytes, isLarge, true};
    publish();
}

void FakeHub::remove(const std::string& path) {
    m_files.erase(path);
    publish();
}

void FakeHub::addUnhashed(const std::string& path, const std::string& bytes) {
    m_files[path] = {bytes, false, false};
    publish();
}

void FakeHub::addUsualFiles(std::size_t weightBytes) {
    m_files["config.json"] = {R"({"architectures": ["LlamaForCausalLM"], "model_type": "llama"})"};
    m_files["tokenizer.model"] = {noise(5000, 1)};
    m_files["README.md"] = {"# Tiny\n"};
    m_files["model.safetensors"] = {noise(weightBytes, 2), true};
    m_files["pytorch_model.bin"] = {noise(1000, 3), true};
    m_files["onnx/model.onnx"] = {noise(1000, 4), true};
    m_files["train.py"] = {"print()\n"};
    publish();
}

std::string FakeHub::pathOf(const std::string& file) const {
    return "/" + kModel + "/resolve/" + m_commit + "/" + file;
}

std::string FakeHub::infoPath(const std::string& revision) const {
    return "/api/models/" + kModel + "/revision/" + revision;
}

std::string FakeHub::treePath() const {
    return "/api/models/" + kModel + "/tree/" + m_commit;
}

HttpReply FakeHub::reply(const std::string& file) const {
    HttpReply reply;
    reply.body = m_files.at(file).bytes;
    reply.etag = "\"" + sha256(reply.body) + "\"";
    return reply;
}

void FakeHub::script(const std::string& file, std::vector<HttpReply> replies) {
    m_scripts[file] = std::move(replies);
    publish();
}

void FakeHub::publish() {
    const OrderedJson info = {{"id", kModel}, {"sha", m_commit}, {"gated", false}};
    m_server.serve(infoPath(), {jsonReply(info.dump())});
    m_server.serve(infoPath(m_commit), {jsonReply(info.dump())});
    std::vector<OrderedJson> entries{
        {{"type", "directory"}, {"oid", std::string(40, '0')}, {"size", 0}, {"path", "onnx"}}};
    for (const auto& [path, file] : m_files) {
        OrderedJson entry = {{"type", "file"}, {"size", file.bytes.size()}, {"path", path}};
        if (file.isHashed) entry["oid"] = file.isLarge ? std::string(40, 'e') : gitBlob(file.bytes);
        if (file.isLarge)
            entry["lfs"] = {{"oid", sha256(file.bytes)}, {"size", file.bytes.size()}, {"pointerSize", 134}};
        entries.push_back(entry);
        const auto scripted = m_scripts.find(path);
        m_server.serve(pathOf(path),
                       scripted == m_scripts.end() ? std::vector{reply(path)} : scripted->second);
    }
    const std::size_t size = m_pageSize == 0 ? entries.size() : m_pageSize;
    for (std::size_t first = 0, page = 0; first < entries.size(); first += size, ++page) {
        OrderedJson list(OrderedJson::value_t::array);
        for (std::size_t i = first; i < std::min(first + size, entries.size()); ++i)
            list.push_back(entries[i]);
        HttpReply answer = jsonReply(list.dump());
        const std::string query = treePath() + "?recursive=true";
        // As mirrors do it: the address is that of the hub that they mirror.
        if (first + size < entries.size())
            answer.headers.emplace_back("Link", "<https://hub.invalid" + query + "&cursor=" +
                                                    std::to_string(page + 1) + ">; rel=\"next\"");
        m_server.serve(page == 0 ? query : query + "&cursor=" + std::to_string(page), {answer});
    }
}

}  // namespace studio::test
