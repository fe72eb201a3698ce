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

double cubeOf(std::int64_t size) {
    const auto length = static_cast<double>(size);
    return 2.0 * length * length * length;
}

}  // namespace

ProductCeiling::ProductCeiling(at::ScalarType type, const at::Device& device) : m_type(type) {
    if (!device.is_cpu()) {
        addDeviceProduct(4096, device);
        addDeviceProduct(8192, device);
        measure();
        for (Product& product : m_products) product.seconds.clear();
        return;
    }
    addProduct(kSize, kSize, kSize, true);
    addProduct(kSize, kSize, kSize, false);
    addProduct(kSize, 3072, 768, true);  // a layer of GPT-2: both factors fit the caches better
    const Tensor a = at::rand({kSize, kSize}).to(type), b = at::rand({kSize, kSize}).to(type);
    m_products.push_back({cubeOf(kSize), [a, b, c = at::empty_like(a)]() mutable { at::mm_out(c, a, b); }});
    for (const Product& product : m_products) product.run();  // makes primitives and memory
}

void ProductCeiling::addDeviceProduct(std::int64_t size, const at::Device& device) {
    constexpr int kProducts = 5;  // so that the one wait at the end costs nothing
    const auto options = at::TensorOptions().device(device);
    // Random numbers: devices multiply zeros faster.
    const Tensor a = at::randn({size, size}, options).to(m_type),
                 b = at::randn({size, size}, options).to(m_type);
    m_products.push_back({kProducts * cubeOf(size), [a, b, c = at::empty_like(a)]() mutable {
                              for (int i = 0; i < kProducts; ++i) at::mm_out(c, a, b);
                              c.view(-1)[0].item();
                          }});
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
