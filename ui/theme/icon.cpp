// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icon.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <array>

// The resource initialiser must be named outside any namespace.
static void initIcons() {
    Q_INIT_RESOURCE(studio_icons);
}

namespace studio::ui {

namespace {

constexpr std::array kFileNames{
    "data",          "prompts",    "train",        "compare", "settings", "models", "runs",
    "play",          "pause",      "stop",         "undo",    "redo",     "import", "export",
    "add",           "duplicate",  "delete",       "search",  "clear",    "folder", "check",
    "warning",       "error",      "info",         "draft",   "rejected", "lock",   "chevron-left",
    "chevron-right", "chevron-up", "chevron-down", "copy",    "save",     "cpu",    "language",
    "theme",         "more",       "clock",        "file",    "split",    "chart",  "rename"};
static_assert(kFileNames.size() == static_cast<std::size_t>(Icon::Rename) + 1);

const QByteArray& source(Icon which) {
    static QHash<int, QByteArray> sources;
    auto it = sources.find(static_cast<int>(which));
    if (it == sources.end()) {
        initIcons();
        QFile file(
            QStringLiteral(":/icons/%1.svg").arg(QLatin1String(kFileNames[static_cast<std::size_t>(which)])));
        const bool opened = file.open(QIODevice::ReadOnly);
        it = sources.insert(static_cast<int>(which), opened ? file.readAll() : QByteArray());
    }
    return *it;
}

// Draws at the size and in the colours of the moment, so nothing has to be renewed when the theme changes.
class ThemeIconEngine : public QIconEngine {
public:
    ThemeIconEngine(Icon which, Tone tone) : m_which(which), m_tone(tone) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const int side = qMin(rect.width(), rect.height());
        const QRectF square(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side,
                            side);
        paintIcon(*painter, m_which, color(mode), square);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override { return canvas(size, mode); }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override {
        // `size` counts device pixels already; the caller sets the ratio on the result.
        Q_UNUSED(scale)
        return canvas(size, mode);
    }

    QIconEngine* clone() const override { return new ThemeIconEngine(*this); }
    QString key() const override { return QStringLiteral("studio"); }

private:
    // A wide size ("20 x 16") gives air at both sides of the icon: buttons have no other way to ask for it.
    QPixmap canvas(const QSize& size, QIcon::Mode mode) const {
        const int side = qMin(size.width(), size.height());
        const QPixmap square = iconPixmap(m_which, color(mode), side, 1.0);
        if (size.width() == size.height()) return square;
        QPixmap wide(size);
        wide.fill(Qt::transparent);
        QPainter(&wide).drawPixmap((size.width() - side) / 2, (size.height() - side) / 2, square);
        return wide;
    }

    QColor color(QIcon::Mode mode) const {
        const ThemeTokens& tokens = tokensOf();
        return mode == QIcon::Disabled ? tokens.disabled : toneColor(tokens, m_tone);
    }

    Icon m_which;
    Tone m_tone;
};

}  // namespace

QIcon icon(Icon which, Tone tone) {
    return QIcon(new ThemeIconEngine(which, tone));
}

QPixmap iconPixmap(Icon which, const QColor& color, int side, qreal devicePixelRatio) {
    const QString key = QStringLiteral("studio/%1/%2/%3/%4")
                            .arg(static_cast<int>(which))
                            .arg(color.name(QColor::HexArgb))
                            .arg(side)
                            .arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    const int pixels = qMax(1, qRound(side * devicePixelRatio));
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QByteArray svg = source(which);
    svg.replace("currentColor", color.name().toLatin1());
    QSvgRenderer renderer(svg);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintIcon(QPainter& painter, Icon which, const QColor& color, const QRectF& square) {
    const qreal ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
    painter.drawPixmap(square.topLeft(), iconPixmap(which, color, qRound(square.width()), ratio));
}

}  // namespace studio::ui
