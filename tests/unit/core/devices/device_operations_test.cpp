// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/error.h"
#include "core/tensor/device_ops.h"
#include "core/tensor/index_upload.h"
#include "core/train/adamw.h"
#include "core/train/adamw_8bit.h"
#include "tests/support/studio_test.h"
#include "tests/support/tested_device.h"
#include "tests/support/tiny_model.h"

using namespace studio;

namespace {

bool sameBits(const Tensor& left, const Tensor& right) {
    const Tensor a = left.detach().to(at::kCPU).contiguous(), b = right.detach().to(at::kCPU).contiguous();
    return a.nbytes() == b.nbytes() && std::memcmp(a.data_ptr(), b.data_ptr(), a.nbytes()) == 0;
}

template <typename Work>
std::int64_t waitsOf(Work&& work) {
    const std::int64_t before = test::pretendDeviceCounts().hostWaits;
    work();
    return test::pretendDeviceCounts().hostWaits - before;
}

std::string messageOf(const std::string& device) {
    try {
        parseDevice(device);
    } catch (const Error& error) {
        return error.code() == ErrorCode::DeviceUnavailable ? error.what() : "another error";
    }
    return "no error";
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// An arena of two stretches with random weights.
struct SmallArena {
    Weight matrix, norm;
    ParameterArena arena;
    explicit SmallArena(const at::Device& device) {
        arena.reserve(matrix, {9, 7}, ParameterArena::Role::Matrix);
        arena.reserve(norm, {7}, ParameterArena::Role::Vector);
        arena.allocate(device, false, at::kFloat);
        Tensor(arena.values()).copy_(at::randn({arena.values().numel()}, seededGenerator(4, at::kCPU)));
    }
    void setGradients(std::uint64_t seed, double factor = 1.0) {
        const Tensor host = at::randn({arena.values().numel()}, seededGenerator(seed, at::kCPU)) * factor;
        Tensor(arena.gradients()).copy_(host);
    }
};

}  // namespace

class DeviceOperationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { test::addTestedDevices(); }

    void tensorsOfTwoDevices_anyOperator_isRefused() {
        const Tensor device = at::ones({3}).to(test::testedDevice());
        QVERIFY_EXCEPTION_THROWN(device + at::ones({3}), c10::Error);
        QVERIFY_EXCEPTION_THROWN(at::linear(at::ones({2, 3}), device.view({1, 3})), c10::Error);
        QVERIFY(at::equal((device + at::ones({})).to(at::kCPU), at::full({3}, 2.0)));
    }

    void hostWaits_whateverWaits_isCounted() {
        if (!test::onPretendDevice()) QSKIP("Only the pretend device counts.");
        const Tensor host = at::ones({3});
        const Tensor device = host.to(test::testedDevice());
        QCOMPARE(waitsOf([&] { device.sum().item<float>(); }), std::int64_t{1});
        QCOMPARE(waitsOf([&] { device.to(at::kCPU); }), std::int64_t{1});
        QCOMPARE(waitsOf([&] { host.to(test::testedDevice()); }), std::int64_t{1});
        QCOMPARE(waitsOf([&] { device.nonzero(); }), std::int64_t{1});
        QCOMPARE(waitsOf([&] { host.to(test::testedDevice(), at::kFloat, /*non_blocking=*/true); }),
                 std::int64_t{0});
        const std::int64_t operators = test::pretendDeviceCounts().operators;
        QCOMPARE(waitsOf([&] { (device * 2.0 + device).sqrt_().add_(device.view({3})); }), std::int64_t{0});
        QCOMPARE(test::pretendDeviceCounts().operators - operators, std::int64_t{4});
    }

    void deviceNames_knownOnes_areFound() {
        const std::string name = test::testedDevice().str();
        QCOMPARE(parseDevice("cpu"), at::Device(at::kCPU));
        QCOMPARE(parseDevice(name), test::testedDevice());
        QVERIFY(parseDevice("auto") != test::pretendDevice());
        const Compute compute = chooseCompute(name, "auto", 2, 1024);
        QCOMPARE(compute.deviceName(), name);
        const bool narrow = compute.device.is_cuda();
        QCOMPARE(compute.precisionName() != "float32", narrow);
        QCOMPARE(compute.lossScaling, narrow && !deviceHasBfloat16(compute.device));
        QVERIFY(!compute.fused && compute.readingWaits());
        QVERIFY(chooseCompute(name, "float16", 2, 1024).lossScaling);
    }

    void deviceNames_unknownOnes_areToldWithWhatThereIs() {
        const std::string unknown = messageOf("tpu");
        QVERIFY2(contains(unknown, "\"tpu\"") && contains(unknown, "cpu, ") &&
                     contains(unknown, "privateuseone:0") && contains(unknown, "--device auto"),
                 unknown.c_str());
        QVERIFY(contains(messageOf("privateuseone:7"), "\"privateuseone:7\""));
        if (at::hasCUDA()) QSKIP("This machine has CUDA devices.");
        const std::string cuda = messageOf("cuda:1");
        QVERIFY2(contains(cuda, "no CUDA device") && contains(cuda, "cpu, privateuseone:0"), cuda.c_str());
    }

    void adamW8Bit_inParts_givesTheSameBits() {
        std::vector<std::vector<Tensor>> ends;
        for (const std::int64_t atOnce : {std::int64_t{256}, AdamW8Bit::kUnpackedAtOnce}) {
            Weight matrix, norm;
            ParameterArena arena;
            arena.reserve(matrix, {90, 17}, ParameterArena::Role::Matrix);
            arena.reserve(norm, {700}, ParameterArena::Role::Vector);
            arena.allocate(test::testedDevice(), false, at::kFloat);
            const std::int64_t size = arena.values().numel();
            Tensor(arena.values()).copy_(at::randn({size}, seededGenerator(4, at::kCPU)));
            AdamW8Bit optimizer(arena, {0.9, 0.999, 1e-8, 0.1}, atOnce);
            for (std::uint64_t step = 0; step < 3; ++step) {
                Tensor(arena.gradients()).copy_(at::randn({size}, seededGenerator(step, at::kCPU)));
                optimizer.step(0.01, 1.0);
            }
            std::vector<Tensor> end{arena.values().to(at::kCPU)};
            for (const NamedTensor& state : optimizer.state()) end.push_back(state.tensor.to(at::kCPU));
            ends.push_back(end);
        }
        QCOMPARE(ends[0].size(), ends[1].size());
        for (std::size_t i = 0; i < ends[0].size(); ++i) QVERIFY(sameBits(ends[0][i], ends[1][i]));
    }

    void batch_manyLists_isCopiedWithoutWaiting() {
        Compute compute;
        compute.device = test::testedDevice();
        const PackedBatch rows = test::pack(test::randomRows({30, 20, 1, 64, 5}, 37, 9));
        DeviceBatch batch;
        QCOMPARE(waitsOf([&] { batch = toDevice(rows, compute); }), std::int64_t{0});
        const DeviceBatch reference = toDevice(rows, Compute{});
        QVERIFY(batch.ids.device() == test::testedDevice());
        QVERIFY(sameBits(batch.ids, reference.ids) && sameBits(batch.labels, reference.labels));
        QVERIFY(sameBits(batch.labelRows, reference.labelRows) && sameBits(batch.scatter, reference.scatter));
        QCOMPARE(batch.groups.size(), reference.groups.size());
        QVERIFY(batch.groups.size() > 1);
        for (std::size_t i = 0; i < batch.groups.size(); ++i)
            QVERIFY(sameBits(batch.groups[i].gather, reference.groups[i].gather));
    }

    void lossAndGradients_everyKindOfModel_areThoseOfTheCpu_data() {
        QTest::addColumn<bool>("gpt2");
        QTest::addColumn<int>("window");
        QTest::newRow("Llama-style") << false << 0;
        QTest::newRow("Llama-style, window") << false << 7;
        QTest::newRow("layer norm, GELU, learned positions, biases") << true << 0;
    }

    void lossAndGradients_everyKindOfModel_areThoseOfTheCpu() {
        QFETCH(bool, gpt2);
        QFETCH(int, window);
        ModelConfig config = test::tinyConfig(!gpt2, gpt2);
        if (gpt2) test::makeGpt2(config);
        config.window = window;
        const PackedBatch rows = test::pack(test::randomRows({30, 20, 1, 60, 5}, 37, 9));
        const auto run = [&](const at::Device& device) {
            Compute compute;
            compute.device = device;
            auto model = std::make_unique<Decoder>(config, compute);
            model->initialize(5);
            model->prepareTraining();
            const double sum = model->accumulateGradients(toDevice(rows, compute), {0.02, 0.1, {}})
                                   .sum(at::kDouble)
                                   .item<double>();
            return std::pair(std::move(model), sum);
        };
        const auto [reference, expected] = run(at::kCPU);
        const auto [model, got] = run(test::testedDevice());
        QVERIFY(std::abs(got - expected) < 1e-5 * expected);
        const Tensor off = model->arena().gradients().to(at::kCPU) - reference->arena().gradients();
        QVERIFY(off.abs().max().item<double>() < 1e-5);
    }

    void dropoutFactor_onTheDevice_hasTheBitsOfTheCpu() {
        for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{0xfedcba9876543210ULL}}) {
            const AdapterDropout dropout{0.3, seed};
            const Tensor host = at::ones({57, 33});
            const Tensor expected = dropoutFactor(host, dropout);
            const Tensor device = host.to(test::testedDevice());
            Tensor got;
            QCOMPARE(waitsOf([&] { got = dropoutFactor(device, dropout); }), std::int64_t{0});
            QVERIFY(got.device() == test::testedDevice());
            QVERIFY(sameBits(got, expected));
            const double leftOut = (expected == 0.0).to(at::kFloat).mean().item<double>();
            QVERIFY(std::abs(leftOut - 0.3) < 0.05);
        }
    }

    void crossEntropy_someRowsAtATime_isThatOfAllAtOnceInFloat64_data() {
        QTest::addColumn<double>("smoothing");
        QTest::addColumn<int>("atOnce");
        QTest::newRow("one part") << 0.0 << 1'000'000;
        QTest::newRow("parts of three rows") << 0.0 << 3 * 11;
        QTest::newRow("parts of a row, smoothed") << 0.1 << 1;
    }

    void crossEntropy_someRowsAtATime_isThatOfAllAtOnceInFloat64() {
        QFETCH(double, smoothing);
        QFETCH(int, atOnce);
        constexpr std::int64_t kRows = 7, kWords = 11, kWidth = 5;
        at::Generator generator = seededGenerator(5, at::kCPU);
        const auto wide = at::TensorOptions().dtype(at::kDouble);
        const Tensor values = at::randn({kRows, kWidth}, generator, wide).requires_grad_();
        const Tensor table = at::randn({kWords + 2, kWidth}, generator, wide).requires_grad_();
        const Tensor labels = at::randint(kWords, {kRows}, generator, at::TensorOptions().dtype(at::kLong));
        const Tensor expected = at::cross_entropy_loss(at::mm(values, table.narrow(0, 0, kWords).t()), labels,
                                                       {}, at::Reduction::None, -100, smoothing);
        torch::autograd::backward({expected.sum() * 0.25}, {});

        const at::Device device = test::testedDevice();
        Weight head;
        head.value = table.detach().to(at::kFloat).to(device);
        head.gradient = at::ones(head.value.sizes(), head.value.options());
        const Tensor hidden = values.detach().to(at::kFloat).to(device).requires_grad_();
        LossSettings settings;
        settings.gradientScale = 0.125;
        settings.smoothing = smoothing;
        settings.lossScale = at::full({}, 2.0, head.value.options());
        const Losses losses = deviceCrossEntropy(hidden, head, kWords, labels.to(device), settings, atOnce);
        torch::autograd::backward({losses.sum}, {});
        const auto off = [](const Tensor& got, const Tensor& wanted) {
            return (got.to(at::kCPU).to(at::kDouble) - wanted).abs().max().item<double>();
        };
        QVERIFY(off(losses.each, expected.detach()) < 1e-5);
        QVERIFY(std::abs(losses.sum.item<double>() - expected.sum().item<double>()) < 1e-5);
        QVERIFY(off(hidden.grad(), values.grad()) < 1e-5);
        QVERIFY(off(head.gradient, table.grad() + 1.0) < 1e-5);
    }

    void adamW_onTheDevice_isThatOfTheCpu() {
        SmallArena host(at::kCPU), device(test::testedDevice());
        const AdamWSettings settings{0.9, 0.99, 1e-8, 0.1};
        AdamW reference(host.arena, settings), optimizer(device.arena, settings);
        for (std::uint64_t step = 1; step <= 5; ++step) {
            host.setGradients(step);
            device.setGradients(step);
            const double norm = reference.gradientNorm();
            reference.step(0.01, clipScale(norm, 1.0));
            const std::int64_t waits = waitsOf([&] {
                const GradientFigures figures = figuresOnDevice(device.arena.gradients(), 1.0, {});
                optimizer.step(0.01, figures.scale);
            });
            QCOMPARE(waits, std::int64_t{0});
        }
        QCOMPARE(optimizer.steps(), std::int64_t{5});
        const Tensor off = device.arena.values().to(at::kCPU) - host.arena.values();
        QVERIFY2(off.abs().max().item<double>() < 1e-6,
                 qPrintable(QString::number(off.abs().max().item<double>())));
        const Tensor offMeans = optimizer.state()[0].tensor.to(at::kCPU) - reference.state()[0].tensor;
        QVERIFY(offMeans.abs().max().item<double>() < 1e-7);
    }

    void adamW_gradientsNotFinite_changeNothing_data() {
        QTest::addColumn<int>("stepsBefore");
        QTest::newRow("the first step") << 0;
        QTest::newRow("a later step") << 3;
    }

    void adamW_gradientsNotFinite_changeNothing() {
        QFETCH(int, stepsBefore);
        SmallArena device(test::testedDevice());
        AdamW optimizer(device.arena, {0.9, 0.99, 1e-8, 0.1});
        const auto step = [&] {
            optimizer.step(0.01, figuresOnDevice(device.arena.gradients(), 1.0, {}).scale);
        };
        for (int i = 0; i < stepsBefore; ++i) {
            device.setGradients(static_cast<std::uint64_t>(i));
            step();
        }
        const Tensor values = device.arena.values().to(at::kCPU),
                     means = optimizer.state()[0].tensor.to(at::kCPU);
        const Tensor variances = optimizer.state()[1].tensor.to(at::kCPU);
        for (const double bad : {std::numeric_limits<double>::infinity(), std::nan("")}) {
            device.setGradients(9);
            device.norm.gradient.narrow(0, 2, 1).fill_(bad);
            step();
            QVERIFY(sameBits(values, device.arena.values()));
            QVERIFY(sameBits(means, optimizer.state()[0].tensor) &&
                    sameBits(variances, optimizer.state()[1].tensor));
            QCOMPARE(optimizer.steps(), std::int64_t{stepsBefore});
            QCOMPARE(optimizer.gradientNorm(), 0.0);
        }
    }

    void lossScale_isTakenAwayBeforeClipping() {
        SmallArena plain(test::testedDevice()), scaled(test::testedDevice());
        plain.arena.prepareGradients();
        scaled.arena.prepareGradients();
        LossScaler scaler(test::testedDevice(), 1024.0);
        plain.setGradients(3);
        scaled.setGradients(3, 1024.0);
        const GradientFigures a = figuresOnDevice(plain.arena.gradients(), 0.5, {});
        const GradientFigures b = figuresOnDevice(scaled.arena.gradients(), 0.5, scaler.scale());
        QVERIFY(sameBits(a.norm, b.norm));
        QCOMPARE(b.scale.factor.item<float>() * 1024.0F, a.scale.factor.item<float>());
        QCOMPARE(a.scale.notFinite.item<float>(), 0.0F);
    }

    // The rules of torch's _amp_update_scale_, as its documentation has them.
    void lossScaler_manySteps_followsTheRulesOfGradScaler() {
        LossScaler scaler(at::kCPU);
        double scale = LossScaler::kFirstScale;
        int good = 0;
        for (int step = 1; step <= 6500; ++step) {
            const bool bad = step % 2300 == 0 || (step > 300 && step < 304);
            scaler.update(at::full({}, bad ? 1.0 : 0.0));
            good = bad ? 0 : good + 1;
            if (bad) scale *= 0.5;
            if (good == 2000) {
                scale *= 2.0;
                good = 0;
            }
            if (step % 250 == 0 || bad) {
                QCOMPARE(scaler.state().scale, scale);
                QCOMPARE(scaler.state().goodSteps, std::int64_t{good});
            }
        }
        QVERIFY(scale != LossScaler::kFirstScale);
    }

    void lossScaler_atTheEdgeOfFloat32_staysFinite() {
        LossScaler scaler(at::kCPU);
        scaler.restore({std::ldexp(1.0, 127), 1999});
        scaler.update(at::zeros({}));
        QCOMPARE(scaler.state().scale, std::ldexp(1.0, 127));
        QCOMPARE(scaler.state().goodSteps, std::int64_t{0});
    }
};

STUDIO_TEST(DeviceOperationsTest)
#include "device_operations_test.moc"
