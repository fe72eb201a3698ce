// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <functional>

#include "core/formats/adapter_files.h"
#include "core/formats/finite_weights.h"
#include "core/formats/model_config.h"
#include "core/hub/hub_address.h"
#include "core/hub/hub_errors.h"
#include "core/jobs/known_models.h"
#include "core/jobs/model_export.h"
#include "tests/support/assets.h"
#include "tests/support/bracket_translator.h"
#include "tests/support/small_adapter.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_test.h"
#include "ui/text/error_text.h"

using namespace studio;
using namespace studio::ui;
namespace fs = std::filesystem;

namespace {

/// What the work came to: its error in the language of the interface.
ErrorText textOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return errorText(error);
    }
    return {};
}

QString in(const char* sentence, const fs::path& place) {
    return QString::fromUtf8(sentence).arg(QString::fromStdString(place.string()));
}

}  // namespace

/// The errors of models, exports and downloads as one reads them in another language than English: each says
/// what is wrong, and not only which code it has.
class ModelErrorsTest : public QObject {
    Q_OBJECT

private:
    test::TemporaryFolder m_folder;

private Q_SLOTS:
    void folder_thatIsNoModel_isSaidToBeNone() {
        const fs::path empty = m_folder / "empty", lora = m_folder / "lora";
        makeFolders(empty);
        test::writeSmallAdapter(lora);
        const test::BracketTranslator translator;
        QCOMPARE(textOf([&] { readModelConfig(empty); }).cause,
                 in("‹There is no config.json in %1.›", empty));
        QCOMPARE(textOf([&] { readModelConfig(lora); }).cause,
                 in("‹%1 holds a LoRA adapter and no model.›", lora));
    }

    void model_thatIsNotKnown_namesWhatIsNot() {
        OrderedJson json = test::smallModelJson();
        json["architectures"] = OrderedJson::array({"OddForCausalLM"});
        const test::BracketTranslator translator;
        const ErrorText text = textOf([&] { parseModelConfig(json, "config.json"); });
        QCOMPARE(text.cause,
                 QStringLiteral("‹config.json asks for something that this version does not know: "
                                "OddForCausalLM.›"));
        QVERIFY2(text.nextStep.contains(QStringLiteral("LlamaForCausalLM")), qPrintable(text.nextStep));
        json = test::smallModelJson();
        json["torch_dtype"] = "float64";
        const ErrorText setting = textOf([&] { parseModelConfig(json, "config.json"); });
        QVERIFY2(setting.cause.endsWith(QStringLiteral("does not know: float64.›")),
                 qPrintable(setting.cause));
        QCOMPARE(setting.nextStep, QStringLiteral("‹Choose a model without it.›"));
    }

    void adapter_thatCannotBeUsed_saysWhy() {
        const fs::path lora = m_folder / "alone", base = m_folder / "base";
        test::writeSmallAdapter(lora);
        test::writeSmallModel(base, 16);  // the adapter is for one twice as wide
        const test::BracketTranslator translator;
        const ErrorText lost = textOf([&] { summarizeAdapter(lora, {}); });
        QCOMPARE(lost.cause, in("‹The base model of the adapter in %1 is not there: base.›", lora));
        QCOMPARE(lost.nextStep,
                 QStringLiteral("‹Open the adapter again and choose the folder of its base model.›"));
        OrderedJson silent = readJsonFile(lora / kAdapterConfigFile);
        const OrderedJson telling = silent;
        silent.erase("base_model_name_or_path");
        writeJsonFile(lora / kAdapterConfigFile, silent);
        QCOMPARE(textOf([&] { summarizeAdapter(lora, {}); }).cause,
                 in("‹The adapter in %1 does not say which base model it was made for.›", lora));
        writeJsonFile(lora / kAdapterConfigFile, telling);
        const ErrorText unfit = textOf([&] { summarizeAdapter(lora, base); });
        QVERIFY2(unfit.cause.contains(QStringLiteral("does not fit the base model")),
                 qPrintable(unfit.cause));
        test::writeSmallAdapter(lora, std::nanf(""));
        QCOMPARE(
            textOf([&] { checkAdapterFinite(lora); }).cause,
            in("‹%1 holds NaN or infinity in the tensor base_model.model.model.layers.0.self_attn.q_proj."
               "lora_B.weight.›",
               lora / kAdapterWeightsFile));
        fs::remove(lora / kAdapterWeightsFile);
        QVERIFY(textOf([&] { summarizeAdapter(lora, base); }).cause.contains(QStringLiteral("no weights")));
        OrderedJson config = readJsonFile(lora / kAdapterConfigFile);
        config["use_dora"] = true;
        writeJsonFile(lora / kAdapterConfigFile, config);
        const QString field = textOf([&] { readAdapterConfig(lora); }).cause;
        QVERIFY2(field.contains(QStringLiteral("does not read: use_dora")), qPrintable(field));
    }

    void export_thatCannotBe_saysWhy() {
        const fs::path model = m_folder / "model";
        test::writeSmallModel(model);
        ModelExport request;
        request.model = model;
        request.out = model;
        request.type = GgufType::Float32;
        const test::BracketTranslator translator;
        QCOMPARE(textOf([&] { checkExport(request); }).cause, in("‹%1 is there already.›", model));
        request.out = m_folder / "out";
        const auto full = [](const fs::path&) { return std::uint64_t{0}; };
        const ErrorText text = textOf([&] { checkExport(request, full); });
        QVERIFY2(text.cause.startsWith(in("‹%1 needs about ", request.out)), qPrintable(text.cause));
    }

    void name_thatIsNone_saysHowLongOneMayBe() {
        KnownModels known(m_folder / "models.json");
        const test::BracketTranslator translator;
        QCOMPARE(textOf([&] { known.rename(m_folder.path(), "two\nlines"); }).nextStep,
                 QStringLiteral("‹Use at most 120 bytes on one line.›"));
    }

    void hub_thatSaysNo_isUnderstood() {
        const HubQuestion asked{"https://hub.example", "acme/tiny", "v9", "", ""};
        const auto answered = [&](int status, const std::string& code) {
            HttpHead head;
            head.status = status;
            if (!code.empty()) head.headers = {{"x-error-code", code}};
            return errorText(statusError(asked, head)).cause;
        };
        HttpEnd unreached;
        unreached.kind = HttpEnd::Kind::NoConnection;
        const test::BracketTranslator translator;
        QCOMPARE(answered(404, "RevisionNotFound"),
                 QStringLiteral("‹The model acme/tiny has no revision v9.›"));
        QCOMPARE(answered(404, ""), QStringLiteral("‹There is no model acme/tiny on the hub.›"));
        QCOMPARE(answered(403, "GatedRepo"),
                 QStringLiteral("‹The model acme/tiny is gated: its owner wants its terms accepted first.›"));
        QCOMPARE(answered(429, ""), QStringLiteral("‹https://hub.example has had too many requests.›"));
        QCOMPARE(errorText(connectionError(asked, unreached)).cause,
                 QStringLiteral("‹https://hub.example cannot be reached.›"));
        QCOMPARE(textOf([] { hubAddress("hub of mine", {}); }).cause,
                 QStringLiteral("‹The address of the hub, hub of mine, is not one such as "
                                "https://huggingface.co.›"));
    }
};

STUDIO_TEST(ModelErrorsTest)
#include "model_errors_test.moc"
