#include "ui/models/settings_toml.h"

#include <QDataStream>
#include <QDir>
#include <QIODevice>
#include <QSettings>
#include <algorithm>
#include <atomic>

#include "ui/bridge/core_types.h"

namespace sockbench::ui {
namespace {

constexpr std::string_view kBase64 = "base64";
constexpr std::string_view kQt = "qt";
const QString kSize = QStringLiteral("size");

// QSettings without a file: nothing is at its path, and nothing of it is left when it would be written.
class MemorySettings {
 public:
  MemorySettings() : settings_(path(), format()) { settings_.setFallbacksEnabled(false); }
  MemorySettings(const MemorySettings&) = delete;
  MemorySettings& operator=(const MemorySettings&) = delete;
  ~MemorySettings() { settings_.clear(); }
  QSettings& operator*() { return settings_; }

 private:
  static QSettings::Format format() {
    static const QSettings::Format made = QSettings::registerFormat(
        QStringLiteral("sockbench-memory"), [](QIODevice&, QSettings::SettingsMap&) { return true; },
        [](QIODevice&, const QSettings::SettingsMap&) { return true; });
    return made;
  }
  static QString path() {
    static std::atomic<int> count{0};
    return QDir::tempPath() + QStringLiteral("/.sockbench-no-file/%1").arg(count++);
  }
  QSettings settings_;
};

bool isPrintable(const QByteArray& bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

TomlValue opaque(std::string_view key, const QByteArray& bytes) {
  TomlTable table;
  table.setInline(true);
  table.set(key, bytes.toBase64().toStdString());
  return table;
}

TomlValue streamed(const QVariant& value) {
  QByteArray bytes;
  QDataStream stream(&bytes, QIODevice::WriteOnly);
  stream.setVersion(QDataStream::Qt_6_0);
  stream << value;
  return opaque(kQt, bytes);
}

TomlValue valueOf(const QVariant& value) {
  switch (value.typeId()) {
    case QMetaType::Bool:
      return value.toBool();
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
      return std::int64_t{value.toLongLong()};
    case QMetaType::Float:
    case QMetaType::Double:
      return value.toDouble();
    case QMetaType::QString:
      return toUtf8(value.toString());
    case QMetaType::QByteArray: {
      const QByteArray bytes = value.toByteArray();
      return isPrintable(bytes) ? TomlValue(bytes.toStdString()) : opaque(kBase64, bytes);
    }
    case QMetaType::QStringList:
    case QMetaType::QVariantList: {
      TomlArray array;
      const QVariantList list = value.toList();
      for (const QVariant& one : list) array.push_back(valueOf(one));
      return array;
    }
    default:
      return streamed(value);
  }
}

TomlTable groupOf(QSettings& settings);

// How many elements the group that was begun has as an array; -1: it is none.
int arraySize(const QSettings& settings) {
  const QStringList keys = settings.childKeys();
  if (keys != QStringList{kSize}) return -1;
  const int size = settings.value(kSize).toInt();
  const QStringList groups = settings.childGroups();
  const bool numbered = std::all_of(groups.begin(), groups.end(), [&](const QString& name) {
    bool isNumber = false;
    const int number = name.toInt(&isNumber);
    return isNumber && number >= 1 && number <= size;
  });
  return numbered ? size : -1;
}

TomlValue groupOrArray(QSettings& settings) {
  const int size = arraySize(settings);
  if (size < 0) return groupOf(settings);
  TomlArray array;
  for (int i = 1; i <= size; ++i) {
    settings.beginGroup(QString::number(i));
    array.emplace_back(groupOf(settings));
    settings.endGroup();
  }
  return array;
}

TomlTable groupOf(QSettings& settings) {
  TomlTable table;
  const QStringList keys = settings.childKeys();
  for (const QString& key : keys) table.set(toUtf8(key), valueOf(settings.value(key)));
  const QStringList groups = settings.childGroups();
  for (const QString& name : groups) {
    settings.beginGroup(name);
    table.set(toUtf8(name), groupOrArray(settings));
    settings.endGroup();
  }
  return table;
}

QByteArray bytesOf(const TomlTable& table, std::string_view key) {
  const auto* text = std::get_if<std::string>(&table.find(key)->data);
  return text != nullptr ? QByteArray::fromBase64(QByteArray::fromStdString(*text)) : QByteArray();
}

QVariant opaqueOf(const TomlTable& table) {
  if (table.find(kBase64) != nullptr) return bytesOf(table, kBase64);
  QDataStream stream(bytesOf(table, kQt));
  stream.setVersion(QDataStream::Qt_6_0);
  QVariant value;
  stream >> value;
  return value;
}

QVariant variantOf(const TomlValue& value) {
  struct Maker {
    QVariant operator()(bool flag) const { return flag; }
    QVariant operator()(std::int64_t number) const { return static_cast<qlonglong>(number); }
    QVariant operator()(double number) const { return number; }
    QVariant operator()(const std::string& text) const { return toQString(text); }
    QVariant operator()(const TomlTime& time) const { return toQString(time.text); }
    QVariant operator()(const TomlTable& table) const { return opaqueOf(table); }
    QVariant operator()(const TomlArray& array) const {
      const auto isText = [](const TomlValue& one) { return std::holds_alternative<std::string>(one.data); };
      QVariantList list;
      QStringList texts;
      for (const TomlValue& one : array) list.append(variantOf(one));
      if (!std::ranges::all_of(array, isText)) return list;
      for (const QVariant& one : qAsConst(list)) texts.append(one.toString());
      return texts;
    }
  };
  return std::visit(Maker{}, value.data);
}

bool isGroup(const TomlValue& value) {
  return std::holds_alternative<TomlTable>(value.data) && !isOpaque(value);
}

void put(QSettings& settings, const TomlTable& table) {
  for (const auto& [key, value] : table.entries()) {
    const QString name = toQString(key);
    if (name.isEmpty() || name.contains(QLatin1Char('/')) || name.contains(QLatin1Char('\\'))) continue;
    const auto* array = std::get_if<TomlArray>(&value.data);
    if (isGroup(value)) {
      settings.beginGroup(name);
      put(settings, std::get<TomlTable>(value.data));
      settings.endGroup();
    } else if (array != nullptr && !array->empty() && std::ranges::all_of(*array, isGroup)) {
      settings.beginWriteArray(name, static_cast<int>(array->size()));
      for (std::size_t i = 0; i < array->size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        put(settings, std::get<TomlTable>(array->at(i).data));
      }
      settings.endArray();
    } else {
      settings.setValue(name, variantOf(value));
    }
  }
}

}  // namespace

bool isOpaque(const TomlValue& value) {
  const auto* table = std::get_if<TomlTable>(&value.data);
  if (table == nullptr || table->entries().size() != 1) return false;
  const std::string& key = table->entries().front().first;
  return key == kBase64 || key == kQt;
}

TomlTable settingsToToml(const std::function<void(QSettings&)>& save) {
  MemorySettings settings;
  save(*settings);
  return groupOf(*settings);
}

void settingsFromToml(const TomlTable& table, const std::function<void(QSettings&)>& restore) {
  MemorySettings settings;
  put(*settings, table);
  restore(*settings);
}

}  // namespace sockbench::ui
