// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme_tokens.h"

#include <algorithm>
#include <cmath>

namespace studio::ui {

namespace {

QColor hex(const char* name) {
    return QColor(QLatin1String(name));
}

// Dashes are the same in both themes: they, not the colours, carry the meaning.
std::array<SeriesStyle, 6> seriesOf(const std::array<const char*, 6>& colors) {
    const std::array<QVector<qreal>, 6> dashes{QVector<qreal>{},     {7.0, 4.0},  {2.0, 3.0},
                                               {8.0, 3.0, 2.0, 3.0}, {12.0, 4.0}, {2.0, 3.0}};
    std::array<SeriesStyle, 6> styles;
    for (std::size_t i = 0; i < styles.size(); ++i) styles[i] = {hex(colors[i]), dashes[i]};
    return styles;
}

ThemeTokens makeLight() {
    ThemeTokens t;
    t.dark = false;
    t.window = hex("#F3F4F6");
    t.sidebar = hex("#E8EAEE");
    t.base = hex("#FFFFFF");
    t.alternate = hex("#F8F9FB");
    t.head = hex("#F3F4F6");
    t.border = hex("#D3D7DE");
    t.line = hex("#E6E8EC");
    t.field = hex("#868F9C");
    t.text = hex("#1A1E25");
    t.text2 = hex("#4E5866");
    t.text3 = hex("#586170");
    t.disabled = hex("#8D95A1");
    t.accent = hex("#0A5FA8");
    t.onAccent = hex("#FFFFFF");
    t.accentText = hex("#0A5FA8");
    t.accentSoft = hex("#E2EEF8");
    t.selection = hex("#D3E5F5");
    t.ok = {hex("#17703F"), hex("#E1F3E8")};
    t.warning = {hex("#7E5100"), hex("#FCF0D3")};
    t.error = {hex("#AE231B"), hex("#FCE8E6")};
    t.inserted = {hex("#0E5430"), hex("#D5EFDF")};
    t.deleted = {hex("#8C1B14"), hex("#FADFDC")};
    t.tokenPrompt = {hex("#353D49"), hex("#E4E7EC"), {}};
    t.tokenResponse = {hex("#0B3F66"), hex("#CFE6F7"), hex("#0072B2")};
    t.tokenEnd = {hex("#6B1D4D"), hex("#F3D9E9"), hex("#B0538A")};
    t.tokenCut = {hex("#A33C00"), hex("#FFFFFF"), hex("#D55E00")};
    t.series = seriesOf({"#0072B2", "#D55E00", "#008A64", "#B0538A", "#8A6D00", "#5B6673"});
    t.grid = hex("#E6E8EC");
    t.axis = hex("#868F9C");
    t.heatHigh = t.series[0].color;
    t.heatLow = t.series[1].color;
    return t;
}

ThemeTokens makeDark() {
    ThemeTokens t;
    t.dark = true;
    t.window = hex("#1C1F24");
    t.sidebar = hex("#16191D");
    t.base = hex("#23272D");
    t.alternate = hex("#272B32");
    t.head = hex("#2A2F36");
    t.border = hex("#3B424C");
    t.line = hex("#31373F");
    t.field = hex("#78828F");
    t.text = hex("#E9EBEE");
    t.text2 = hex("#B9C0CA");
    t.text3 = hex("#A3ABB7");
    t.disabled = hex("#737C88");
    t.accent = hex("#2F79BD");
    t.onAccent = hex("#FFFFFF");
    t.accentText = hex("#84BEF2");
    t.accentSoft = hex("#20364A");
    t.selection = hex("#2A4966");
    t.ok = {hex("#6BCF9B"), hex("#1D3A2B")};
    t.warning = {hex("#EDBB58"), hex("#3B3018")};
    t.error = {hex("#F9A69E"), hex("#432624")};
    t.inserted = {hex("#A9E8C6"), hex("#1E4531")};
    t.deleted = {hex("#F9BDB7"), hex("#4F2926")};
    t.tokenPrompt = {hex("#D5DAE1"), hex("#353B44"), {}};
    t.tokenResponse = {hex("#CFE8FB"), hex("#1F4766"), hex("#56B4E9")};
    t.tokenEnd = {hex("#F7D3E8"), hex("#573049"), hex("#E59CC6")};
    t.tokenCut = {hex("#F5A673"), hex("#23272D"), hex("#F08A4B")};
    t.series = seriesOf({"#56B4E9", "#F08A4B", "#35C79C", "#E59CC6", "#E5D54A", "#AEB6C1"});
    t.grid = hex("#31373F");
    t.axis = hex("#78828F");
    t.heatHigh = t.series[0].color;
    t.heatLow = t.series[1].color;
    return t;
}

qreal luminance(const QColor& color) {
    const auto linear = [](qreal c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

}  // namespace

const ThemeTokens& lightTokens() {
    static const ThemeTokens tokens = makeLight();
    return tokens;
}

const ThemeTokens& darkTokens() {
    static const ThemeTokens tokens = makeDark();
    return tokens;
}

QColor blend(const QColor& from, const QColor& to, qreal share) {
    const qreal s = std::clamp(share, 0.0, 1.0);
    return QColor::fromRgbF(static_cast<float>(from.redF() + (to.redF() - from.redF()) * s),
                            static_cast<float>(from.greenF() + (to.greenF() - from.greenF()) * s),
                            static_cast<float>(from.blueF() + (to.blueF() - from.blueF()) * s));
}

qreal contrastRatio(const QColor& one, const QColor& other) {
    const qreal a = luminance(one);
    const qreal b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

}  // namespace studio::ui
