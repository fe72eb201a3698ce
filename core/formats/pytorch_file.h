// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/weight_file.h"

namespace studio {

/// One file of weights as torch.save() has written it since PyTorch 1.6: a ZIP archive of one pickle, which
/// names the tensors, and of their numbers as they are. The pickle is read and never run (pickled_tensors.h).
/// Tensors that share their numbers are two tensors of one range. Everything is checked when it is opened;
/// throws WeightsInvalid, also for the older format, for anything beside tensors, and for a tensor whose
/// numbers do not lie one after another.
class PytorchFile final : public WeightFile {
public:
    explicit PytorchFile(const std::filesystem::path& path);
};

}  // namespace studio
