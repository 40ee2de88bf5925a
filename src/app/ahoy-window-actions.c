/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-window-private.h"

#include "ahoy-contact-row.h"
#include "ahoy-entry-dialog.h"
#include "ahoy-person-menu.h"
#include "ahoy-record-row.h"
#include "ahoy-user-sig.h"

#include <glib/gi18n.h>
#include <string.h>

#define UNDO_SECONDS 6
#define MAX_NAME_BYTES 500

static void
on_contact_set (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (AhoyWindow) self = AHOY_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (!ahoy_contacts_set_finish (AHOY_CONTACTS (source), result, &error))
    ahoy_window_toast_error (self, error);
}

static void
set_contact (AhoyWindow *self,
             const char *id,
             const char *remark,
             int         favourite)
{
  ahoy_contacts_set_async (ahoy_engine_get_contacts (ahoy_window_get_engine (self)), id, remark, favourite,
                           NULL, on_contact_set, g_object_ref (self));
}

static gboolean
check_id (const char  *text,
          const char **reason)
{
  if (*text != '\0' && !ahoy_user_id_is_valid (text))
    *reason = _("An Ahoy ID has up to 32 letters, digits, hyphens and underscores");

  return ahoy_user_id_is_valid (text);
}

static void
on_new_contact (const char *id,
                const char *name,
                gpointer    user_data)
{
  AhoyWindow *self = user_data;
  AhoyUser *me = ahoy_engine_get_self (ahoy_window_get_engine (self));

  if (me && g_str_equal (ahoy_user_get_id (me), id))
    {
      ahoy_window_toast (self, _("This is your own Ahoy ID"));
      return;
    }

  set_contact (self, id, *name ? name : NULL, -1);
  ahoy_window_show_page (self, "contacts");
  ahoy_window_open_user (self, ahoy_engine_get_user (ahoy_window_get_engine (self), id));
}

static void
new_contact (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  ahoy_entry_dialog_present (GTK_WINDOW (widget), _("New Contact"), NULL, _("Ahoy ID"), NULL, _("Name for Me"),
                             _("_Add"), check_id, on_new_contact, g_object_ref (widget), g_object_unref);
}

static void
add_contact (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  on_new_contact (g_variant_get_string (parameter, NULL), "", AHOY_WINDOW (widget));
}

/* What it takes to bring somebody or some calls back. */
typedef struct
{
  AhoyWindow *window;  /* unowned: the toast does not outlive it */
  AhoyHistory *history; /* (owned): still there when the window is on its way out */
  char *user_id;       /* (owned) (nullable) */
  char *remark;        /* (owned) (nullable) */
  gboolean is_favourite;
  char **call_ids;     /* (owned) (nullable) */
  gboolean is_undone;
} Removal;

static void
removal_free (gpointer data,
              GClosure *closure)
{
  Removal *removal = data;

  g_clear_object (&removal->history);
  g_free (removal->user_id);
  g_free (removal->remark);
  g_strfreev (removal->call_ids);
  g_free (removal);
}

static void
on_undo (Removal *removal)
{
  removal->is_undone = TRUE;
  if (removal->user_id)
    set_contact (removal->window, removal->user_id, removal->remark, removal->is_favourite);
  else
    ahoy_history_restore (removal->history, (const char *const *) removal->call_ids);
}

/* The calls are taken off the server only when nobody can want them back. */
static void
on_toast_dismissed (Removal *removal)
{
  if (!removal->is_undone && removal->call_ids)
    ahoy_history_forget (removal->history, (const char *const *) removal->call_ids);
}

static void
show_undo (AhoyWindow *self,
           const char *text,
           Removal    *removal)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_swapped (toast, "button-clicked", G_CALLBACK (on_undo), removal);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (on_toast_dismissed), removal, removal_free,
                         G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
ahoy_window_offer_undo (AhoyWindow  *self,
                        const char  *text,
                        char       **call_ids)
{
  Removal *removal = g_new0 (Removal, 1);

  removal->window = self;
  removal->history = g_object_ref (self->history);
  removal->call_ids = g_strdupv (call_ids);
  show_undo (self, text, removal);
}

static void
on_contact_removed (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (AhoyWindow) self = AHOY_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (!ahoy_contacts_remove_finish (AHOY_CONTACTS (source), result, &error))
    ahoy_window_toast_error (self, error);
}

static void
remove_contact (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  AhoyWindow *self = AHOY_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  AhoyUser *user = ahoy_engine_get_user (ahoy_window_get_engine (self), id);
  g_autofree char *text = NULL;
  Removal *removal;

  if (!user || !ahoy_user_get_is_contact (user))
    return;

  removal = g_new0 (Removal, 1);
  removal->window = self;
  removal->user_id = g_strdup (id);
  removal->remark = g_strdup (ahoy_user_get_remark (user));
  removal->is_favourite = ahoy_user_get_is_favourite (user);
  /* Translators: %s is a person */
  text = ahoy_person_menu_format (_("%s removed"), ahoy_user_get_display_name (user));

  if (ahoy_contact_page_get_user (self->contact_page) == user)
    ahoy_window_close_user (self);
  ahoy_contacts_remove_async (ahoy_engine_get_contacts (ahoy_window_get_engine (self)), id, NULL,
                              on_contact_removed, g_object_ref (self));
  show_undo (self, text, removal);
}

static void
toggle_favourite (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  AhoyWindow *self = AHOY_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  AhoyUser *user = ahoy_engine_get_user (ahoy_window_get_engine (self), id);

  if (user && ahoy_user_get_is_contact (user))
    set_contact (self, id, NULL, !ahoy_user_get_is_favourite (user));
}

static void
edit_name (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  AhoyWindow *self = AHOY_WINDOW (widget);
  AhoyUser *user = ahoy_engine_get_user (ahoy_window_get_engine (self), g_variant_get_string (parameter, NULL));

  if (!user)
    return;

  ahoy_window_open_user (self, user);
  ahoy_contact_page_edit_name (self->contact_page);
}

static void
copy_id (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), g_variant_get_string (parameter, NULL));
  ahoy_window_toast (AHOY_WINDOW (widget), _("Ahoy ID copied"));
}

static void
on_profile_set (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (AhoyWindow) self = AHOY_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (!ahoy_engine_set_self_info_finish (AHOY_ENGINE (source), result, &error))
    ahoy_window_toast_error (self, error);
}

static gboolean
check_nickname (const char  *text,
                const char **reason)
{
  if (strlen (text) <= MAX_NAME_BYTES)
    return TRUE;

  *reason = _("This name is too long");
  return FALSE;
}

static void
on_nickname (const char *nickname,
             const char *unused,
             gpointer    user_data)
{
  AhoyWindow *self = user_data;

  ahoy_engine_set_self_info_async (ahoy_window_get_engine (self), nickname, NULL, NULL, on_profile_set,
                                   g_object_ref (self));
}

static void
edit_profile (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  AhoyUser *me = ahoy_engine_get_self (ahoy_window_get_engine (AHOY_WINDOW (widget)));

  if (me)
    ahoy_entry_dialog_present (GTK_WINDOW (widget), _("Edit Nickname"),
                               _("People see changes from the next call on"), _("Nickname"),
                               ahoy_user_get_nickname (me), NULL, _("_Save"), check_nickname, on_nickname,
                               g_object_ref (widget), g_object_unref);
}

static void
on_signed_out (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (AhoyWindow) self = AHOY_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (!ahoy_identity_sign_out_finish (AHOY_IDENTITY (source), result, &error))
    ahoy_window_toast_error (self, error);
}

static void
on_sign_out_response (AhoyWindow *self,
                      const char *response)
{
  if (g_strcmp0 (response, "sign-out") == 0)
    ahoy_identity_sign_out_async (self->identity, NULL, on_signed_out, g_object_ref (self));
}

static GtkWidget *
new_question (AhoyWindow *self,
              const char *heading,
              const char *body,
              const char *response,
              const char *label)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), response, label, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), response, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return dialog;
}

static void
sign_out (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  AhoyWindow *self = AHOY_WINDOW (widget);
  GtkWidget *dialog = new_question (self, _("Sign Out?"), _("Calls can't reach you until you sign in again."),
                                    "sign-out", _("_Sign Out"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (on_sign_out_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sign_in_again (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AhoyWindow *self = AHOY_WINDOW (widget);
  const AhoyAccount *account = ahoy_identity_get_account (self->identity);

  /* Another device took over: the ticket is still good. An expired one has to be replaced. */
  if (ahoy_identity_get_notice (self->identity) == AHOY_IDENTITY_NOTICE_KICKED)
    {
      ahoy_identity_sign_in_again (self->identity);
      return;
    }

  if (account)
    ahoy_sign_in_page_fill (self->sign_in_page, account, FALSE);
  gtk_stack_set_visible_child_name (self->root_stack, "sign-in");
}

static void
try_now (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  ahoy_engine_try_now (ahoy_window_get_engine (AHOY_WINDOW (widget)));
}

static void
on_clear_response (AhoyWindow *self,
                   const char *response)
{
  if (g_strcmp0 (response, "clear") == 0)
    ahoy_history_clear (self->history);
}

static void
clear_history (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AhoyWindow *self = AHOY_WINDOW (widget);
  GtkWidget *dialog = new_question (self, _("Clear Recent Calls?"),
                                    _("The list is cleared on all your devices. This can't be undone."),
                                    "clear", _("C_lear All"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (on_clear_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
search (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  AhoyWindow *self = AHOY_WINDOW (widget);

  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
show_page (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  ahoy_window_show_page (AHOY_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  AhoyWindow *self = AHOY_WINDOW (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->root_stack), "sign-in") == 0)
    gtk_widget_activate_action (GTK_WIDGET (self->sign_in_page), "sign-in.back", NULL);
  else
    adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

/* Whom a key means: the row with the focus, whoever is being searched for, then the page that is open. */
static AhoyUser *
find_chosen_user (AhoyWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->search_entry)))
    return ahoy_contacts_view_get_first (self->contacts_view);

  if (focus && gtk_widget_is_ancestor (focus, self->list_pane))
    for (GtkWidget *w = focus; w; w = gtk_widget_get_first_child (w))
      {
        if (AHOY_IS_CONTACT_ROW (w))
          return ahoy_contact_row_get_user (AHOY_CONTACT_ROW (w));
        if (AHOY_IS_RECORD_ROW (w))
          return ahoy_history_entry_get_user (ahoy_record_row_get_entry (AHOY_RECORD_ROW (w)));
      }

  return ahoy_contact_page_get_user (self->contact_page);
}

/* "win.chosen" does with the chosen person what its parameter says. */
static void
act_on_chosen (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AhoyWindow *self = AHOY_WINDOW (widget);
  AhoyUser *user = find_chosen_user (self);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  const char *action = g_variant_get_string (parameter, NULL);
  gboolean is_call = g_str_equal (action, "app.call") || g_str_equal (action, "app.video-call");

  if (user)
    gtk_widget_activate_action (widget, action, "s", ahoy_user_get_id (user));
  else if (is_call && ahoy_user_id_is_valid (typed))
    gtk_widget_activate_action (widget, action, "s", typed);
}

void
ahoy_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-contact", NULL, new_contact);
  gtk_widget_class_install_action (widget_class, "win.add-contact", "s", add_contact);
  gtk_widget_class_install_action (widget_class, "win.remove-contact", "s", remove_contact);
  gtk_widget_class_install_action (widget_class, "win.toggle-favourite", "s", toggle_favourite);
  gtk_widget_class_install_action (widget_class, "win.edit-name", "s", edit_name);
  gtk_widget_class_install_action (widget_class, "win.copy-id", "s", copy_id);
  gtk_widget_class_install_action (widget_class, "win.edit-profile", NULL, edit_profile);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out);
  gtk_widget_class_install_action (widget_class, "win.sign-in-again", NULL, sign_in_again);
  gtk_widget_class_install_action (widget_class, "win.try-now", NULL, try_now);
  gtk_widget_class_install_action (widget_class, "win.clear-history", NULL, clear_history);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.chosen", "s", act_on_chosen);
}
