// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/formats/json.h"

namespace studio {

/// What the user has opened and named, for all projects: folders of models and of adapters, the bases of
/// these, and names for any model. It is a
/// small file of the user's (models.json), written whole and atomically; the models' folders themselves are
/// never written, moved or deleted. Every change reads the file anew first, so that two windows do not undo
/// each other's; of two in the same moment the later one may win. One thread.
class KnownModels {
public:
    /// $XDG_DATA_HOME/finetune-studio/models.json, or the same below ~/.local/share; empty where neither is
    /// known: then nothing is kept.
    static std::filesystem::path usualFile();

    explicit KnownModels(std::filesystem::path file = usualFile());

    /// Reads the file again. A damaged one is set aside under another name, never lost, and problem() says so
    /// until the next reading. Throws nothing: a list that cannot be read is empty.
    void read();
    const std::string& problem() const { return m_problem; }  ///< one English sentence, else empty

    const std::vector<std::filesystem::path>& folders() const { return m_folders; }  ///< resolved
    bool contains(const std::filesystem::path& folder) const;
    /// What the user calls the model; empty for its own name.
    std::string nameOf(const std::filesystem::path& folder) const;
    /// The base model that was chosen for an opened adapter; empty where none was.
    std::filesystem::path baseOf(const std::filesystem::path& adapter) const;

    // These throw FileUnwritable, DiskFull, and BadEncoding for a path that is not UTF-8; then nothing has
    // changed.
    /// `base`: of an adapter that does not say itself where its base model lies; it replaces an earlier one.
    void add(const std::filesystem::path& folder, const std::filesystem::path& base = {});
    /// Takes a folder off the list, and its name and base; the folder stays as it is.
    void remove(const std::filesystem::path& folder);
    /// An empty name gives the model its own one back. Throws SettingInvalid for one that is too long or has
    /// control characters.
    void rename(const std::filesystem::path& folder, const std::string& name);

    static constexpr std::size_t kLongestName = 120;  ///< bytes

private:
    void change(const std::function<void()>& make);
    void take(const OrderedJson& json);
    void setAside(const std::string& why);
    OrderedJson toJson() const;

    std::filesystem::path m_file;
    std::string m_problem;
    OrderedJson m_raw = OrderedJson::object();  ///< keys of a newer version live on
    std::vector<std::filesystem::path> m_folders;
    std::map<std::string, std::string> m_names;  ///< by resolved folder
    std::map<std::string, std::string> m_bases;  ///< of adapters, by resolved folder
};

}  // namespace studio
