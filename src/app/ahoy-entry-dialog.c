/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-entry-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  AdwMessageDialog *dialog;      /* unowned: it owns this */
  GtkEditable *first;
  GtkEditable *second;           /* (nullable) */
  GtkLabel *reason;
  AhoyEntryDialogCheck check;
  AhoyEntryDialogResult result;
  gpointer user_data;
  GDestroyNotify user_data_free;
} EntryDialog;

static void
entry_dialog_free (gpointer data)
{
  EntryDialog *self = data;

  if (self->user_data_free)
    self->user_data_free (self->user_data);
  g_free (self);
}

static char *
dup_stripped (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

static void
update (EntryDialog *self)
{
  g_autofree char *text = dup_stripped (self->first);
  const char *reason = NULL;
  gboolean is_good = !self->check || self->check (text, &reason);

  adw_message_dialog_set_response_enabled (self->dialog, "apply", is_good);
  gtk_label_set_label (self->reason, reason ? reason : "");
}

static void
on_activated (EntryDialog *self)
{
  if (adw_message_dialog_get_response_enabled (self->dialog, "apply"))
    adw_message_dialog_response (self->dialog, "apply");
}

static void
on_response (EntryDialog *self,
             const char  *response)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (g_strcmp0 (response, "apply") != 0)
    return;

  first = dup_stripped (self->first);
  second = self->second ? dup_stripped (self->second) : NULL;
  self->result (first, second, self->user_data);
}

static GtkEditable *
add_row (GtkWidget   *group,
         const char  *title,
         EntryDialog *self)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (on_activated), self);
  return GTK_EDITABLE (row);
}

void
ahoy_entry_dialog_present (GtkWindow             *parent,
                           const char            *heading,
                           const char            *body,
                           const char            *first_title,
                           const char            *first_text,
                           const char            *second_title,
                           const char            *button,
                           AhoyEntryDialogCheck   check,
                           AhoyEntryDialogResult  result,
                           gpointer               user_data,
                           GDestroyNotify         user_data_free)
{
  EntryDialog *self = g_new0 (EntryDialog, 1);
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *group = adw_preferences_group_new ();

  gtk_window_set_title (GTK_WINDOW (dialog), heading);
  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  self->check = check;
  self->result = result;
  self->user_data = user_data;
  self->user_data_free = user_data_free;
  g_object_set_data_full (G_OBJECT (dialog), "ahoy-entry-dialog", self, entry_dialog_free);

  self->first = add_row (group, first_title, self);
  if (second_title)
    self->second = add_row (group, second_title, self);
  self->reason = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->reason, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->reason), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->reason), "dim-label");
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->reason));
  adw_message_dialog_set_extra_child (self->dialog, box);

  adw_message_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), "apply", button, NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "apply", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  g_signal_connect_swapped (self->first, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_response), self);
  gtk_editable_set_text (self->first, first_text ? first_text : "");
  update (self);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (self->first));
}
