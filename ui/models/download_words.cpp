// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/download_words.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <QStringList>

#include "ui/models/model_words.h"
#include "ui/text/format_texts.h"

namespace studio::ui {

namespace {

struct Download {
    Q_DECLARE_TR_FUNCTIONS(Download)
};

constexpr qsizetype kMostNames = 5;

QString joined(const QStringList& names) {
    if (names.size() <= kMostNames) return names.join(QStringLiteral(", "));
    return Download::tr("%1 and %2 more")
        .arg(names.mid(0, kMostNames).join(QStringLiteral(", ")), countText(names.size() - kMostNames));
}

QString amountText(const DownloadProgress& progress) {
    return Download::tr("%1 of %2").arg(fileSizeText(progress.bytesDone), fileSizeText(progress.bytesTotal));
}

}  // namespace

QString tokenText(const HubListed& found) {
    if (found.tokenSource.isEmpty())
        return Download::tr("No access token was found; only private and gated models need one.");
    if (!found.isUsersHub)
        return Download::tr(
                   "The access token from %1 is not sent to %2, which only the pasted address names. "
                   "Type the hub's address yourself to send it.")
            .arg(found.tokenSource, QString::fromStdString(found.plan.hub));
    return found.tokenSent
               ? Download::tr("Asked with the access token from %1.").arg(found.tokenSource)
               : Download::tr("The access token from %1 is not sent: the hub's address is not https.")
                     .arg(found.tokenSource);
}

QString downloadProgressText(const DownloadProgress& progress) {
    if (progress.stage == DownloadProgress::Stage::Finishing)
        return Download::tr("Putting the folder in its place");
    if (progress.stage == DownloadProgress::Stage::Checking)
        return Download::tr("Checking what is there: %1").arg(amountText(progress));
    QStringList parts{amountText(progress)};
    if (progress.bytesPerSecond > 0.0)
        parts << Download::tr("%1/s").arg(fileSizeText(static_cast<qint64>(progress.bytesPerSecond)));
    if (progress.secondsLeft >= 0.0)
        parts << Download::tr("about %1 left").arg(durationText(progress.secondsLeft));
    parts
        << Download::tr("%1 of %2 files").arg(countText(progress.filesDone), countText(progress.filesTotal));
    return parts.join(QStringLiteral(" · "));
}

QString downloadResultText(const std::string& model, const DownloadResult& result) {
    int fetched = 0;
    for (const DownloadedFile& file : result.files) fetched += file.fetched ? 1 : 0;
    const int present = static_cast<int>(result.files.size()) - fetched;
    const QString what = fetched == 0
                             ? Download::tr("Everything was there already and right.")
                             : Download::tr("%Ln file(s) fetched (%1 in %2).", nullptr, fetched)
                                   .arg(fileSizeText(result.bytesFetched), durationText(result.seconds));
    const QString where = Download::tr("%1 is in %2.")
                              .arg(QString::fromStdString(model),
                                   QDir::toNativeSeparators(QString::fromStdString(result.folder.string())));
    if (fetched == 0 || present == 0) return sentences(where, what);
    return sentences(sentences(where, what),
                     Download::tr("%Ln file(s) were there already and right.", nullptr, present));
}

QString downloadWarning(const DownloadResult& result) {
    QStringList unverified, stale, parts;
    for (const DownloadedFile& file : result.files)
        if (file.verified == Verified::Size) unverified << QString::fromStdString(file.file.path);
    for (const std::string& path : result.stale) stale << QString::fromStdString(path);
    if (!unverified.isEmpty())
        parts << Download::tr("The hub states no checksum of %1; only the size was compared.")
                     .arg(joined(unverified));
    if (!stale.isEmpty())
        parts << Download::tr("Of an earlier commit, and left in the folder: %1.").arg(joined(stale));
    return parts.size() < 2 ? parts.join(QString()) : sentences(parts[0], parts[1]);
}

}  // namespace studio::ui
