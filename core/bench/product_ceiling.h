// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "core/tensor/torch.h"

namespace studio {

/// As fast as this machine multiplies in one precision: the best of several large products, through oneDNN
/// as the engine calls it and through torch::mm. They are measured again and again between the steps they
/// are compared with, so that a machine whose clock drifts changes both.
class ProductCeiling {
public:
    /// `type`: at::kFloat or at::kBFloat16. On other devices than the CPU, torch::mm of matrices that fill
    /// them.
    explicit ProductCeiling(at::ScalarType type, const at::Device& device = at::kCPU);
    /// Every product once.
    void measure();
    /// Operations a second of the best product, each by its median; 0 before measure().
    double perSecond() const;

private:
    struct Product {
        double operations = 0.0;
        std::function<void()> run;
        std::vector<double> seconds{};
    };
    void addDeviceProduct(std::int64_t size, const at::Device& device);
    void addProduct(std::int64_t rows, std::int64_t columns, std::int64_t depth, bool transposed);

    at::ScalarType m_type;
    std::vector<Product> m_products;
};

}  // namespace studio
