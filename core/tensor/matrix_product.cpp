// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/matrix_product.h"

#include <array>
#include <map>
#include <new>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>

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

struct Primitive {
    dnnl::matmul::primitive_desc description;
    dnnl::matmul matmul;
};

Primitive makePrimitive(const MatrixProduct& p) {
    const memory::desc a = describe(p.rows, p.depth, p.a, p.factors);
    const memory::desc b = describe(p.depth, p.columns, p.b, p.factors);
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
                               (p.result == at::kBFloat16 ? 32 : 0);
    return {
        p.rows,     p.columns, p.depth, p.a.stride,
        p.b.stride, p.cStride, flags,   at::get_num_threads()};  // a primitive is made for so many threads
}

}  // namespace

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

}  // namespace studio
