// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/product_ceiling.h"

#include <algorithm>

#include "core/bench/shape_runs.h"
#include "core/bench/stopwatch.h"
#include "core/tensor/matrix_product.h"

namespace studio {

namespace {

constexpr std::int64_t kSize = 2048;

}  // namespace

ProductCeiling::ProductCeiling(at::ScalarType type) : m_type(type) {
    addProduct(kSize, kSize, kSize, true);
    addProduct(kSize, kSize, kSize, false);
    addProduct(kSize, 3072, 768, true);  // a layer of GPT-2: both factors fit the caches better
    const Tensor a = at::rand({kSize, kSize}).to(type), b = at::rand({kSize, kSize}).to(type);
    const double cube = static_cast<double>(kSize) * static_cast<double>(kSize) * static_cast<double>(kSize);
    m_products.push_back({2.0 * cube, [a, b, c = at::empty_like(a)]() mutable { at::mm_out(c, a, b); }});
    for (const Product& product : m_products) product.run();  // makes primitives and memory
}

void ProductCeiling::addProduct(std::int64_t rows, std::int64_t columns, std::int64_t depth,
                                bool transposed) {
    const Tensor a = at::rand({rows, depth}).to(m_type);
    const Tensor b =
        at::rand(transposed ? at::IntArrayRef{columns, depth} : at::IntArrayRef{depth, columns}).to(m_type);
    const Tensor c = at::empty({rows, columns}, a.options());
    MatrixProduct product;
    product.rows = rows;
    product.columns = columns;
    product.depth = depth;
    product.a = {a.data_ptr(), depth, false};
    product.b = {b.data_ptr(), transposed ? depth : columns, transposed};
    product.c = c.data_ptr();
    product.cStride = columns;
    product.factors = product.result = m_type;
    const double operations = 2.0 * static_cast<double>(rows) * static_cast<double>(columns * depth);
    m_products.push_back({operations, [a, b, c, product] { multiply(product); }});
}

void ProductCeiling::measure() {
    for (Product& product : m_products) product.seconds.push_back(secondsOf(product.run));
}

double ProductCeiling::perSecond() const {
    double best = 0.0;
    for (const Product& product : m_products) {
        if (!product.seconds.empty()) best = std::max(best, product.operations / median(product.seconds));
    }
    return best;
}

}  // namespace studio
