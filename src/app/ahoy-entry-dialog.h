/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for one or two lines of text: what the dialog's caller gets is (id, name), both stripped. The first is
 * checked with @check (nullable) before the button can be pressed; it may put a reason (translated, static)
 * into its second argument. */
typedef gboolean (*AhoyEntryDialogCheck)  (const char  *text,
                                           const char **reason);
typedef void     (*AhoyEntryDialogResult) (const char *first,
                                           const char *second,
                                           gpointer    user_data);

/* @second_title NULL: one line. @result is not called when the person cancels. */
void ahoy_entry_dialog_present (GtkWindow             *parent,
                                const char            *heading,
                                const char            *body,
                                const char            *first_title,
                                const char            *first_text,
                                const char            *second_title,
                                const char            *button,
                                AhoyEntryDialogCheck   check,
                                AhoyEntryDialogResult  result,
                                gpointer               user_data,
                                GDestroyNotify         user_data_free);

G_END_DECLS
