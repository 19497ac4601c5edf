// What is copied of chosen rows of a TrafficModel: plain text, of bounded size. Thread: gui.
#pragma once

#include <QItemSelection>
#include <QString>
#include <cstddef>

namespace sockbench::ui {

class TrafficModel;

enum class CopyForm {
  rows,     // every cell: tabs between cells
  preview,  // the preview as shown
  hex,      // the bytes as "68 65 6c", rows without bytes left out
  escaped,  // the bytes as escape() writes them, rows without bytes left out
};

// Of more rows, or of more bytes in all, only the first are copied.
inline constexpr int kCopiedRows = 10'000;
inline constexpr std::size_t kCopiedBytes = std::size_t{8} << 20;

// A line for each row, from top to bottom. Empty when nothing is selected.
QString copiedText(const TrafficModel& model, QItemSelection selection, CopyForm form);

}  // namespace sockbench::ui
