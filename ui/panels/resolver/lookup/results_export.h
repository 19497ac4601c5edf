// ResultsExport: the button that takes a look-up's answers out of the window: as CSV or JSON to a file, or
// all rows to the clipboard. What has not been answered yet is not among them. Thread: gui.
// Object names: "resolverExportButton"; actions "resolverExportCsvAction", "resolverExportJsonAction",
// "resolverCopyAllAction".
#pragma once

#include <QPushButton>

#include "core/base/error.h"

namespace sockbench::ui {

class LookupResults;

class ResultsExport : public QPushButton {
  Q_OBJECT
 public:
  enum class Format { csv, json };

  explicit ResultsExport(const LookupResults* results, QWidget* parent = nullptr);  // it outlives this

  // Writes the file whole or not at all, off the GUI thread; saved() or refused() tells of the end.
  void saveTo(const QString& path, Format format);
  void copyAll();

 signals:
  void saved(const QString& words);
  void refused(const sockbench::Error& error);

 private:
  void addAction(const QString& text, const QString& name, Format format);
  void askWhere(Format format);

  const LookupResults* results_;
};

}  // namespace sockbench::ui
