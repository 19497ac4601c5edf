// LibraryView: what a person keeps and what they have sent, a page each, with import and export. It sends
// nothing itself. Thread: gui.
//
// Object names: those of SavedPage and HistoryPage, "libraryView", "libraryTabs", "libraryMenuButton",
// "libraryMessage"; actions "libraryImportAction", "libraryExportAction", "libraryKeepHistoryAction",
// "libraryClearHistoryAction".
#pragma once

#include <QWidget>

#include "core/workspace/saved_sends.h"

class QAction;
class QTabWidget;
class QToolButton;

namespace sockbench::ui {

class HistoryPage;
class InlineMessage;
class SavedPage;
class SavedSendsModel;
class SendHistoryModel;

class LibraryView : public QWidget {
  Q_OBJECT
 public:
  LibraryView(SavedSendsModel* sends, SendHistoryModel* history, QWidget* parent = nullptr);  // outlive it

  InlineMessage* message() const { return message_; }
  QAction* keepHistory() const { return keepHistory_; }  // between starts; a switch
  void save(const SavedSend& send);                      // in front, and its name can be typed
  void focusFirst();

  // They say how it went. A file is written whole or not at all.
  void importFile(const QString& path);
  void exportFile(const QString& path);

 signals:
  void sendRequested(const sockbench::SavedSend& send);
  void editRequested(const sockbench::SavedSend& send);

 private:
  QToolButton* makeMenuButton();
  void askImport();
  void askExport();

  SavedSendsModel* sends_;
  SendHistoryModel* history_;
  QTabWidget* tabs_;
  SavedPage* saved_;
  HistoryPage* sent_;
  InlineMessage* message_;
  QAction* keepHistory_ = nullptr;
};

}  // namespace sockbench::ui
