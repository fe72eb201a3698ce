// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pickled_tensors.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "core/base/error.h"
#include "core/formats/quoted.h"
#include "core/formats/weight_file.h"
#include "core/text/utf8.h"

namespace studio {

namespace {

/// Of state dicts with 65,000 tensors.
constexpr std::size_t kLongestPickle = 16U << 20, kMostValues = 1U << 20, kMostTensors = 1U << 16;
/// What is copied out of the pickle could be named in it many times by a few bytes.
constexpr std::size_t kMostDimensions = 16, kLongestKey = 256, kLongestName = 1024;
/// Of which three are open at the same time.
constexpr std::size_t kMostMarks = 64;
constexpr unsigned kProtocol = 2;

constexpr std::array<StorageType, 10> kStorageTypes{{{"FloatStorage", "F32", 4},
                                                     {"HalfStorage", "F16", 2},
                                                     {"BFloat16Storage", "BF16", 2},
                                                     {"DoubleStorage", "F64", 8},
                                                     {"LongStorage", "I64", 8},
                                                     {"IntStorage", "I32", 4},
                                                     {"ShortStorage", "I16", 2},
                                                     {"CharStorage", "I8", 1},
                                                     {"ByteStorage", "U8", 1},
                                                     {"BoolStorage", "BOOL", 1}}};

enum class Kind : std::uint8_t {
    None,
    Bool,
    Int,
    Text,
    Tuple,
    Dict,
    Function,
    StorageClass,
    Storage,
    Tensor
};

/// What a Function does when it is called.
enum Function : std::int64_t { MakeDict, RebuildTensor, RebuildParameter };

/// Of a value. Values hold others by it, so that nothing nests and nothing is copied.
using Id = std::uint32_t;
constexpr Id kNone = 0xFFFFFFFF;

/// Which fields count depends on the kind:
struct Value {
    Kind kind = Kind::None;
    std::int64_t number = 0;  ///< Bool, Int, Function; Storage: count; Tensor: offset
    std::string_view text{};  ///< Text; Storage: key
    std::vector<Id> items{};  ///< Tuple; Dict: key, value, key, …; Tensor: storage, shape, strides
    const StorageType* type = nullptr;  ///< StorageClass, Storage
};

class PickleReader {
public:
    PickleReader(const std::filesystem::path& path, std::string_view pickle)
        : m_path(path), m_pickle(pickle) {}

    std::vector<PickledTensor> read() {
        if (m_pickle.size() > kLongestPickle) fail("its description of the tensors is too long");
        while (step()) {
        }
        if (m_stack.size() != 1 || !m_marks.empty() || top().kind != Kind::Dict)
            fail("it holds no dictionary of tensors");
        const std::vector<Id>& items = top().items;
        // A name and a tensor that are kept are named again by four bytes, and hundreds here.
        if (items.size() / 2 > kMostTensors)
            fail("it names more than " + std::to_string(kMostTensors) + " tensors");
        std::vector<PickledTensor> tensors;
        tensors.reserve(items.size() / 2);
        for (std::size_t i = 0; i < items.size(); i += 2)
            tensors.push_back(tensorOf(m_values[items[i]], m_values[items[i + 1]]));
        return tensors;
    }

private:
    [[noreturn]] void fail(const std::string& what) const {
        throw Error(ErrorCode::WeightsInvalid,
                    m_path.string() + ", data.pkl, byte " + std::to_string(m_at) + ": " + what + ".",
                    "Get the model as safetensors, or choose another one.", {m_path.string()});
    }

    // The bytes
    // ----------------------------------------------------------------------------------------------

    std::string_view take(std::size_t count) {
        if (count > m_pickle.size() - m_at) fail("the pickle is cut off");
        const std::string_view part = m_pickle.substr(m_at, count);
        m_at += count;
        return part;
    }

    template <typename Number>
    Number takeNumber() {
        Number value = 0;
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }

    std::string_view takeLine() {
        const std::size_t end = m_pickle.find('\n', m_at);
        if (end == std::string_view::npos) fail("the pickle is cut off");
        const std::string_view line = take(end - m_at);
        take(1);
        return line;
    }

    /// Two's complement in as few bytes as it needs.
    std::int64_t takeLong() {
        const auto size = takeNumber<std::uint8_t>();
        if (size > sizeof(std::int64_t)) fail("a number has more than 64 bits");
        const std::string_view bytes = take(size);
        const bool negative = !bytes.empty() && (static_cast<unsigned char>(bytes.back()) & 0x80U) != 0;
        std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
        std::memcpy(&value, bytes.data(), bytes.size());
        return static_cast<std::int64_t>(value);
    }

    // The stack
    // ----------------------------------------------------------------------------------------------

    Id make(Value value) {
        if (m_values.size() >= kMostValues) fail("its description of the tensors is too long");
        m_values.push_back(std::move(value));
        return static_cast<Id>(m_values.size() - 1);
    }
    void push(Value value) { m_stack.push_back(make(std::move(value))); }

    /// Values above the innermost mark.
    std::size_t depth() const { return m_stack.size() - (m_marks.empty() ? 0 : m_marks.back()); }

    Id pop() {
        if (depth() == 0) fail("the pickle takes a value where there is none");
        const Id id = m_stack.back();
        m_stack.pop_back();
        return id;
    }
    Value& top() {
        if (depth() == 0) fail("the pickle takes a value where there is none");
        return m_values[m_stack.back()];
    }

    std::vector<Id> popLast(std::size_t count) {
        if (depth() < count) fail("the pickle takes a value where there is none");
        const auto first = m_stack.end() - static_cast<std::ptrdiff_t>(count);
        std::vector<Id> ids(first, m_stack.end());
        m_stack.erase(first, m_stack.end());
        return ids;
    }
    std::vector<Id> popToMark() {
        if (m_marks.empty()) fail("the pickle goes back to a mark that it has not set");
        std::vector<Id> ids = popLast(depth());
        m_marks.pop_back();
        return ids;
    }

    void pushTuple(std::vector<Id> items) { push({.kind = Kind::Tuple, .items = std::move(items)}); }

    /// Places are counted from 0 by who writes pickles.
    void remember(std::size_t place) {
        top();
        if (place >= kMostValues) fail("the pickle keeps a value in a place that none needs");
        if (place >= m_memo.size()) m_memo.resize(place + 1, kNone);
        m_memo[place] = m_stack.back();
    }
    void recall(std::size_t place) {
        if (place >= m_memo.size() || m_memo[place] == kNone)
            fail("the pickle recalls a value that it has not kept");
        m_stack.push_back(m_memo[place]);
    }

    // The operations; their names in Python's pickletools
    // ----------------------------------------------------------------------------------------------

    /// False after the last one.
    bool step() {
        const char code = take(1).front();
        switch (code) {
            case '.':  // STOP
                return false;
            case '(':  // MARK
                if (m_marks.size() >= kMostMarks) fail("the pickle sets too many marks");
                m_marks.push_back(m_stack.size());
                return true;
            case 'q':  // BINPUT
                remember(takeNumber<std::uint8_t>());
                return true;
            case 'r':  // LONG_BINPUT
                remember(takeNumber<std::uint32_t>());
                return true;
            case 'h':  // BINGET
                recall(takeNumber<std::uint8_t>());
                return true;
            case 'j':  // LONG_BINGET
                recall(takeNumber<std::uint32_t>());
                return true;
            default:
                if (!pushSimple(code)) combine(code);
                return true;
        }
    }

    /// Values that stand in the pickle.
    bool pushSimple(char code) {
        switch (code) {
            case 'N':  // NONE
                push({});
                return true;
            case '\x88':  // NEWTRUE
            case '\x89':  // NEWFALSE
                push({.kind = Kind::Bool, .number = code == '\x88' ? 1 : 0});
                return true;
            case 'J':  // BININT
                push({.kind = Kind::Int, .number = takeNumber<std::int32_t>()});
                return true;
            case 'K':  // BININT1
                push({.kind = Kind::Int, .number = takeNumber<std::uint8_t>()});
                return true;
            case 'M':  // BININT2
                push({.kind = Kind::Int, .number = takeNumber<std::uint16_t>()});
                return true;
            case '\x8a':  // LONG1
                push({.kind = Kind::Int, .number = takeLong()});
                return true;
            case 'X':  // BINUNICODE
                push({.kind = Kind::Text, .text = take(takeNumber<std::uint32_t>())});
                return true;
            case '}':  // EMPTY_DICT
                push({.kind = Kind::Dict});
                return true;
            case ')':  // EMPTY_TUPLE
                push({.kind = Kind::Tuple});
                return true;
            default:
                return false;
        }
    }

    /// Operations on what lies on the stack.
    void combine(char code) {
        switch (code) {
            case '\x80':  // PROTO
                if (takeNumber<std::uint8_t>() != kProtocol)
                    fail("this is a pickle of another protocol than 2, which torch.save() writes");
                return;
            case '\x85':  // TUPLE1
            case '\x86':  // TUPLE2
            case '\x87':  // TUPLE3
                return pushTuple(popLast(static_cast<std::size_t>(code - '\x84')));
            case 't':  // TUPLE
                return pushTuple(popToMark());
            case 's':  // SETITEM
                return addItems(popLast(2));
            case 'u':  // SETITEMS
                return addItems(popToMark());
            case 'c':  // GLOBAL
                return pushGlobal();
            case 'Q':  // BINPERSID
                return pushStorage();
            case 'R':  // REDUCE
                return call();
            case 'b':  // BUILD: attributes of a dictionary, among them the versions of modules
                pop();
                if (top().kind != Kind::Dict)
                    fail("the pickle sets attributes of something else than a dictionary");
                return;
            default:
                fail("the operation " + std::to_string(static_cast<unsigned char>(code)) +
                     " is none that tensors need");
        }
    }

    void addItems(const std::vector<Id>& items) {
        if (items.size() % 2 != 0) fail("a key of a dictionary has no value");
        Value& dict = top();
        if (dict.kind != Kind::Dict) fail("the pickle adds items to something else than a dictionary");
        dict.items.insert(dict.items.end(), items.begin(), items.end());
    }

    void pushGlobal() {
        const std::string_view module = takeLine(), name = takeLine();
        const auto is = [&](std::string_view otherModule, std::string_view otherName) {
            return module == otherModule && name == otherName;
        };
        if (is("collections", "OrderedDict")) return push({.kind = Kind::Function, .number = MakeDict});
        if (is("torch._utils", "_rebuild_tensor_v2"))
            return push({.kind = Kind::Function, .number = RebuildTensor});
        if (is("torch._utils", "_rebuild_parameter"))
            return push({.kind = Kind::Function, .number = RebuildParameter});
        for (const StorageType& type : kStorageTypes) {
            if (is("torch", type.storage)) return push({.kind = Kind::StorageClass, .type = &type});
        }
        fail("it asks for the Python name " + inQuotes(std::string(module) + "." + std::string(name)) +
             ", which weights do not need; nothing of it was run");
    }

    // What is called
    // ----------------------------------------------------------------------------------------------

    const Value& argument(const Value& tuple, std::size_t index, Kind kind, const char* what) const {
        if (tuple.kind != Kind::Tuple || index >= tuple.items.size()) fail(std::string(what) + " is missing");
        const Value& value = m_values[tuple.items[index]];
        if (value.kind != kind) fail(std::string(what) + " has not the kind that it should have");
        return value;
    }

    /// ('storage', class, key, location, count): the numbers are another entry of the archive.
    void pushStorage() {
        const Value& id = m_values[pop()];
        if (argument(id, 0, Kind::Text, "the word \"storage\"").text != "storage")
            fail("something else than numbers is stored apart");
        Value storage{.kind = Kind::Storage};
        storage.type = argument(id, 1, Kind::StorageClass, "the type of the numbers").type;
        storage.text = argument(id, 2, Kind::Text, "the key of the numbers").text;
        storage.number = argument(id, 4, Kind::Int, "the count of the numbers").number;
        if (storage.number < 0 || storage.text.size() > kLongestKey)
            fail("the numbers are described by an impossible key or count");
        push(std::move(storage));
    }

    void call() {
        const Id arguments = pop();
        const Value& function = m_values[pop()];
        if (function.kind != Kind::Function) fail("the pickle calls something that is no function");
        if (m_values[arguments].kind != Kind::Tuple) fail("a function is called without arguments");
        switch (function.number) {
            case RebuildTensor:
                return pushTensor(arguments);
            case RebuildParameter:
                argument(m_values[arguments], 0, Kind::Tensor, "the tensor of a parameter");
                return m_stack.push_back(m_values[arguments].items.front());
            default:
                if (!m_values[arguments].items.empty()) fail("a dictionary is made of something unexpected");
                return push({.kind = Kind::Dict});
        }
    }

    /// (storage, offset, shape, strides, requires_grad, hooks[, metadata])
    void pushTensor(Id arguments) {
        const Value& tuple = m_values[arguments];
        argument(tuple, 0, Kind::Storage, "the numbers of a tensor");
        const std::int64_t offset = argument(tuple, 1, Kind::Int, "the offset of a tensor").number;
        const Value& shape = argument(tuple, 2, Kind::Tuple, "the shape of a tensor");
        const Value& strides = argument(tuple, 3, Kind::Tuple, "the strides of a tensor");
        if (offset < 0) fail("the offset of a tensor is negative");
        if (shape.items.size() != strides.items.size() || shape.items.size() > kMostDimensions)
            fail("the shape and the strides of a tensor do not fit each other");
        push({.kind = Kind::Tensor,
              .number = offset,
              .items = {tuple.items[0], tuple.items[2], tuple.items[3]}});
    }

    std::vector<std::int64_t> sizesOf(const Value& tuple) const {
        std::vector<std::int64_t> sizes;
        for (std::size_t i = 0; i < tuple.items.size(); ++i) {
            sizes.push_back(argument(tuple, i, Kind::Int, "a size of a tensor").number);
            if (sizes.back() < 0) fail("a size of a tensor is negative");
        }
        return sizes;
    }

    PickledTensor tensorOf(const Value& key, const Value& tensor) const {
        if (key.text.size() > kLongestName) fail("the name of an entry is too long");
        if (key.kind != Kind::Text || !isUtf8(key.text)) fail("the name of an entry is no text");
        if (tensor.kind != Kind::Tensor)
            fail("the entry " + inQuotes(key.text) +
                 " is no tensor; only files of nothing but a model's weights are read");
        const Value& storage = m_values[tensor.items[0]];
        return {key.text,
                storage.type,
                storage.text,
                storage.number,
                tensor.number,
                sizesOf(m_values[tensor.items[1]]),
                sizesOf(m_values[tensor.items[2]])};
    }

    static bool isUtf8(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            const Utf8Step step = utf8At(text, at);
            if (step.state != Utf8::Valid) return false;
            at += step.length;
        }
        return true;
    }

    const std::filesystem::path& m_path;
    std::string_view m_pickle;
    std::size_t m_at = 0;
    std::vector<Value> m_values;
    std::vector<Id> m_stack;
    std::vector<std::size_t> m_marks;
    std::vector<Id> m_memo;  ///< by place
};

}  // namespace

std::vector<PickledTensor> readPickledTensors(const std::filesystem::path& path, std::string_view pickle) {
    return PickleReader(path, pickle).read();
}

}  // namespace studio
