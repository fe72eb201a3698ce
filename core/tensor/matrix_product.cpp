// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/matrix_product.h"

#include <algorithm>
#include <array>
#include <map>
#include <new>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>

#include "core/base/compute_limits.h"
#include "core/tensor/kernels/kernel_table.h"

namespace studio {

namespace {

using dnnl::memory;

/// So many shapes of primitives a thread keeps; more means that row counts vary without end.
constexpr std::size_t kMostPrimitives = 1024;

dnnl::engine& cpuEngine() {
    static dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

memory::data_type dataType(at::ScalarType type) {
    return type == at::kBFloat16 ? memory::data_type::bf16 : memory::data_type::f32;
}

memory::desc describe(std::int64_t rows, std::int64_t columns, const MatrixProduct::Factor& factor,
                      at::ScalarType type) {
    const memory::dims strides =
        factor.transposed ? memory::dims{1, factor.stride} : memory::dims{factor.stride, 1};
    return {{rows, columns}, dataType(type), strides};
}

memory::desc describePacked(std::int64_t rows, std::int64_t columns) {
    return {{rows, columns}, memory::data_type::bf16, memory::format_tag::BA16a64b2a};
}

struct Primitive {
    dnnl::matmul::primitive_desc description;
    dnnl::matmul matmul;
};

Primitive makePrimitive(const MatrixProduct& p) {
    const memory::desc a = describe(p.rows, p.depth, p.a, p.factors);
    const memory::desc b =
        p.b.packed ? describePacked(p.depth, p.columns) : describe(p.depth, p.columns, p.b, p.factors);
    const memory::desc c({p.rows, p.columns}, dataType(p.result), memory::dims{p.cStride, 1});
    dnnl::primitive_attr attributes;
    if (p.add) {
        dnnl::post_ops after;
        after.append_sum(1.0F);
        attributes.set_post_ops(after);
    }
    const memory::desc bias({1, p.columns}, memory::data_type::f32, memory::dims{p.columns, 1});
    const dnnl::matmul::desc wanted =
        p.bias ? dnnl::matmul::desc(a, b, bias, c) : dnnl::matmul::desc(a, b, c);
    const dnnl::matmul::primitive_desc description(wanted, attributes, cpuEngine());
    return {description, dnnl::matmul(description)};
}

using Key = std::array<std::int64_t, 8>;

Key keyOf(const MatrixProduct& p) {
    const std::int64_t flags = (p.a.transposed ? 1 : 0) | (p.b.transposed ? 2 : 0) | (p.add ? 4 : 0) |
                               (p.bias ? 8 : 0) | (p.factors == at::kBFloat16 ? 16 : 0) |
                               (p.result == at::kBFloat16 ? 32 : 0) | (p.b.packed ? 64 : 0);
    return {
        p.rows,     p.columns, p.depth, p.a.stride,
        p.b.stride, p.cStride, flags,   at::get_num_threads()};  // a primitive is made for so many threads
}

/// Whether this CPU's products want their right factor in the order of FactorKernels.
bool packingHelps() {
    static const bool helps = [] {
        if (!cpuKernels().hasBfloat16) return false;
        try {
            const memory::desc any({256, 256}, memory::data_type::bf16, memory::format_tag::any);
            const memory::desc plain({256, 256}, memory::data_type::bf16, memory::dims{256, 1});
            const dnnl::matmul::primitive_desc best({plain, any, plain}, cpuEngine());
            return best.weights_desc() == describePacked(256, 256);
        } catch (const dnnl::error&) {
            return false;
        }
    }();
    return helps;
}

constexpr std::int64_t kDepthUnit = 32;
/// The transposing kernel writes whole vectors of rows.
constexpr std::int64_t kLeastRows = 16;

/// Whether so many rows of results pay for the copy. One that does not fit into the caches is read from
/// memory and written to it; a transposed factor is gathered from many places as well.
bool packingPays(const MatrixProduct::Factor& b, std::int64_t rows, std::int64_t depth, std::int64_t columns,
                 at::ScalarType type) {
    constexpr std::int64_t kCached = 4'000'000;
    const std::int64_t least = depth * columns <= kCached ? 128
                               : b.transposed             ? kPackedRowsTransposed
                                                          : kPackedRows;
    return type == at::kBFloat16 && rows >= least && !b.packed &&
           (!b.transposed || depth % kDepthUnit == 0) && packingHelps();
}

Tensor packedMemory(const MatrixProduct::Factor& b, std::int64_t depth, std::int64_t columns) {
    Tensor packed = at::empty({packedFactorSize(depth, columns)}, at::kBFloat16);
    const auto pack = b.transposed ? cpuKernels().factors.packColumns : cpuKernels().factors.packRows;
    pack(static_cast<const Bfloat16*>(b.data), b.stride, depth, columns,
         static_cast<Bfloat16*>(packed.data_ptr()));
    return packed;
}

void execute(const MatrixProduct& p) {
    thread_local std::map<Key, Primitive> primitives;
    thread_local dnnl::stream stream(cpuEngine());
    const Key key = keyOf(p);
    auto found = primitives.find(key);
    if (found == primitives.end()) {
        if (primitives.size() >= kMostPrimitives) primitives.clear();
        found = primitives.emplace(key, makePrimitive(p)).first;
    }
    const dnnl::matmul::primitive_desc& description = found->second.description;
    const auto wrap = [](const memory::desc& desc, const void* data) {
        return memory(desc, cpuEngine(), const_cast<void*>(data));
    };
    std::unordered_map<int, memory> arguments{{DNNL_ARG_SRC, wrap(description.src_desc(), p.a.data)},
                                              {DNNL_ARG_WEIGHTS, wrap(description.weights_desc(), p.b.data)},
                                              {DNNL_ARG_DST, wrap(description.dst_desc(), p.c)}};
    if (p.bias) arguments.emplace(DNNL_ARG_BIAS, wrap(description.bias_desc(), p.bias));
    found->second.matmul.execute(stream, arguments);
    stream.wait();
}

/// How much of a sum goes at once into a copy of A^T that stays in the caches. An odd number of cache lines
/// where there is a choice: rows of the copy must not all fall on the same places of a cache.
std::int64_t partOf(std::int64_t depth) {
    constexpr std::int64_t kMost = 33 * kDepthUnit;
    if (depth <= kMost) return depth;
    const std::int64_t parts = (depth + kMost - 1) / kMost;
    const std::int64_t units = (depth + parts * kDepthUnit - 1) / (parts * kDepthUnit);
    return (units | 1) * kDepthUnit;
}

/// A^T B with A^T made row by row first, part by part.
void executeTransposed(const MatrixProduct& whole) {
    constexpr std::int64_t kPartRows = 2048;
    const std::int64_t partDepth = partOf(whole.depth);
    const Tensor memory =
        at::empty({std::min(whole.rows, kPartRows) * partDepth + kDepthUnit}, at::kBFloat16);
    auto* copy = static_cast<Bfloat16*>(memory.data_ptr());
    const auto* a = static_cast<const Bfloat16*>(whole.a.data);
    MatrixProduct p = whole;
    for (std::int64_t depth = 0; depth < whole.depth; depth += partDepth) {
        p.depth = std::min(partDepth, whole.depth - depth);
        p.a = {copy, p.depth, false};
        MatrixProduct::Factor b = whole.b;
        b.data = static_cast<const Bfloat16*>(b.data) + depth * (b.transposed ? 1 : b.stride);
        const PackedFactor packed(b, whole.rows, p.depth, whole.columns, whole.factors);
        p.b = packed.factor();
        p.add = whole.add || depth > 0;
        for (std::int64_t row = 0; row < whole.rows; row += kPartRows) {
            p.rows = std::min(kPartRows, whole.rows - row);
            cpuKernels().factors.transpose(a + depth * whole.a.stride + row, whole.a.stride, p.depth, p.rows,
                                           copy, p.depth);
            p.c = static_cast<float*>(whole.c) + row * whole.cStride;
            execute(p);
        }
    }
}

}  // namespace

PackedFactor::PackedFactor(const MatrixProduct::Factor& b, std::int64_t rows, std::int64_t depth,
                           std::int64_t columns, at::ScalarType type)
    : m_factor(b) {
    if (!packingPays(b, rows, depth, columns, type)) return;
    m_memory = packedMemory(b, depth, columns);
    m_factor = {m_memory.data_ptr(), 0, false, true};
}

void multiply(const MatrixProduct& p) {
    if (p.rows == 0 || p.columns == 0) return;
    if (p.factors == at::kFloat && !p.bias) {
        // oneDNN's sgemm is its fastest float32 product, and needs no primitive.
        const dnnl::status status = dnnl::sgemm(
            p.a.transposed ? 'T' : 'N', p.b.transposed ? 'T' : 'N', p.rows, p.columns, p.depth, 1.0F,
            static_cast<const float*>(p.a.data), p.a.stride, static_cast<const float*>(p.b.data), p.b.stride,
            p.add ? 1.0F : 0.0F, static_cast<float*>(p.c), p.cStride);
        if (status != dnnl::status::success) throw std::bad_alloc();
        return;
    }
    // oneDNN's fast kernels want what is beside a packed factor without gaps.
    const bool dense = p.cStride == p.columns && p.a.stride == (p.a.transposed ? p.rows : p.depth);
    if (!dense || !packingPays(p.b, p.rows, p.depth, p.columns, p.factors)) return execute(p);
    if (p.a.transposed) {
        // Only float32 results keep the sums of several parts exactly.
        const bool apart = p.result == at::kFloat && p.rows % kDepthUnit == 0 && p.depth % kLeastRows == 0;
        return apart && !p.bias ? executeTransposed(p) : execute(p);
    }
    MatrixProduct packed = p;
    const PackedFactor factor(p.b, p.rows, p.depth, p.columns, p.factors);
    packed.b = factor.factor();
    execute(packed);
}

}  // namespace studio
