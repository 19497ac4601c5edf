// The pages that are made of core's tables. Rich text; what comes from a table is escaped. Thread: gui.
#pragma once

#include <QString>

namespace sockbench::ui {

QString errorsPage();          // each error of a call, with its meaning and the calls that it may come from
QString optionsPage();         // each socket option by level
QString filterFieldsTable();   // part of a page: each field of a filter
QString messageFieldsTable();  // part of a page: each field of a message

}  // namespace sockbench::ui
