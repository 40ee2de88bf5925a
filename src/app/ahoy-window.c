/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-window-private.h"

#include "ahoy-avatar.h"
#include "ahoy-person-menu.h"
#include "ahoy-words.h"

#include <glib/gi18n.h>

#define LIST_WIDTH 360
#define PROGRESS_TICK_MS 100
#define PROGRESS_AFTER_TICKS 10

G_DEFINE_FINAL_TYPE (AhoyWindow, ahoy_window, ADW_TYPE_APPLICATION_WINDOW)

AhoyEngine *
ahoy_window_get_engine (AhoyWindow *self)
{
  return ahoy_identity_get_engine (self->identity);
}

/* A problem is read more slowly than "copied", by a screen reader above all. */
#define PROBLEM_SECONDS 10

static void
add_toast (AhoyWindow *self,
           const char *text,
           guint       seconds)
{
  /* The title of a toast is markup, names are not. */
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (seconds)
    adw_toast_set_timeout (toast, seconds);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
ahoy_window_toast (AhoyWindow *self,
                   const char *text)
{
  g_return_if_fail (AHOY_IS_WINDOW (self));

  add_toast (self, text, 0);
}

void
ahoy_window_toast_problem (AhoyWindow *self,
                           const char *text)
{
  g_return_if_fail (AHOY_IS_WINDOW (self));

  add_toast (self, text, PROBLEM_SECONDS);
}

void
ahoy_window_toast_error (AhoyWindow   *self,
                         const GError *error)
{
  g_autofree char *words = NULL;

  g_return_if_fail (AHOY_IS_WINDOW (self));
  g_return_if_fail (error);

  words = ahoy_words_error (error);
  ahoy_window_toast_problem (self, words);
}

static gboolean
is_recent_visible (AhoyWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->views), "recent") == 0;
}

/* Missed calls count until the list that shows them was in sight. */
static void
update_badge (AhoyWindow *self)
{
  guint n_missed = ahoy_history_get_n_missed (self->history);

  if (n_missed > 0 && is_recent_visible (self) && gtk_window_is_active (GTK_WINDOW (self)))
    {
      gint64 now = g_get_real_time ();

      g_settings_set_int64 (self->settings, "recents-seen", now);
      ahoy_history_set_seen (self->history, now);
      return;
    }

  adw_view_stack_page_set_badge_number (self->recent_page, n_missed);
  adw_view_stack_page_set_needs_attention (self->recent_page, n_missed > 0);
}

static void
update_self (AhoyWindow *self)
{
  AhoyUser *me = ahoy_engine_get_self (ahoy_window_get_engine (self));

  ahoy_avatar_set_user (AHOY_AVATAR (self->profile_avatar), me);
  ahoy_profile_popover_set_user (self->profile_popover, me);
}

static void
update_root (AhoyWindow *self)
{
  switch (ahoy_identity_get_stage (self->identity))
    {
    case AHOY_IDENTITY_LOADING:
      gtk_stack_set_visible_child_name (self->root_stack, "loading");
      break;

    case AHOY_IDENTITY_NONE:
      ahoy_window_close_user (self);
      gtk_stack_set_visible_child_name (self->root_stack, "sign-in");
      break;

    case AHOY_IDENTITY_SIGNED_IN:
    default:
      /* The last step of signing in stays until the person is through with it. */
      if (!ahoy_sign_in_page_is_open (self->sign_in_page))
        gtk_stack_set_visible_child_name (self->root_stack, "main");
      break;
    }
}

static void
on_signed_in (AhoyWindow *self)
{
  gtk_stack_set_visible_child_name (self->root_stack, "main");
  ahoy_sign_in_page_reset (self->sign_in_page);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
on_session_only (AhoyWindow *self)
{
  if (ahoy_identity_get_session_only (self->identity))
    ahoy_window_toast_problem (self, _("The password is kept until you quit: the keyring could not be opened"));
}

static gboolean
on_progress_tick (gpointer user_data)
{
  AhoyWindow *self = user_data;

  /* A line that comes and goes within a second only disturbs. */
  if (++self->progress_ticks < PROGRESS_AFTER_TICKS)
    return G_SOURCE_CONTINUE;

  gtk_revealer_set_reveal_child (self->progress_revealer, TRUE);
  gtk_progress_bar_pulse (self->progress);
  return G_SOURCE_CONTINUE;
}

static void
update_progress (AhoyWindow *self)
{
  gboolean is_connecting = ahoy_engine_get_state (ahoy_window_get_engine (self)) == AHOY_ENGINE_SIGNING_IN;

  g_clear_handle_id (&self->progress_source_id, g_source_remove);
  self->progress_ticks = 0;
  gtk_revealer_set_reveal_child (self->progress_revealer, FALSE);
  if (is_connecting)
    self->progress_source_id = g_timeout_add (PROGRESS_TICK_MS, on_progress_tick, self);
}

void
ahoy_window_update_star (AhoyWindow *self)
{
  AhoyUser *user = ahoy_contact_page_get_user (self->contact_page);
  gboolean is_favourite = user && ahoy_user_get_is_favourite (user);
  const char *label = is_favourite ? _("Remove From Favourites") : _("Add to Favourites");

  gtk_widget_set_visible (self->star_button, user && ahoy_user_get_is_contact (user));
  if (!user)
    return;

  gtk_button_set_icon_name (GTK_BUTTON (self->star_button),
                            is_favourite ? "starred-symbolic" : "non-starred-symbolic");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->star_button), "s", ahoy_user_get_id (user));
  gtk_widget_set_tooltip_text (self->star_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->star_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
ahoy_window_open_user (AhoyWindow *self,
                       AhoyUser   *user)
{
  g_return_if_fail (AHOY_IS_WINDOW (self));
  g_return_if_fail (AHOY_IS_USER (user));

  ahoy_contact_page_set_user (self->contact_page, user);
  g_signal_group_set_target (self->follow_user, user);
  ahoy_window_update_star (self);
  gtk_stack_set_visible_child_name (self->detail_stack, "person");
  adw_leaflet_set_visible_child_name (self->leaflet, "detail");
}

void
ahoy_window_close_user (AhoyWindow *self)
{
  g_signal_group_set_target (self->follow_user, NULL);
  ahoy_contact_page_set_user (self->contact_page, NULL);
  ahoy_window_update_star (self);
  gtk_stack_set_visible_child_name (self->detail_stack, "none");
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
}

static void
on_open (AhoyWindow *self,
         AhoyUser   *user)
{
  ahoy_window_open_user (self, user);
}

static void
on_removed (AhoyWindow  *self,
            char       **call_ids)
{
  ahoy_window_offer_undo (self, ngettext ("Call deleted", "Calls deleted", g_strv_length (call_ids)), call_ids);
}

static void
on_search_changed (AhoyWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  ahoy_contacts_view_set_search (self->contacts_view, text);
  if (*text)
    adw_view_stack_set_visible_child_name (self->views, "contacts");
}

static void
on_search_activate (AhoyWindow *self)
{
  AhoyUser *first;

  /* What was typed a moment ago counts, not what was shown before. */
  on_search_changed (self);
  first = ahoy_contacts_view_get_first (self->contacts_view);
  if (first && *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)))
    ahoy_window_open_user (self, first);
}

static void
on_search_stop (AhoyWindow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  ahoy_contacts_view_focus_list (self->contacts_view);
}

static void
on_view_changed (AhoyWindow *self)
{
  if (self->history)
    update_badge (self);
}

static void
on_folded_changed (AhoyWindow *self)
{
  gboolean is_folded = adw_leaflet_get_folded (self->leaflet);

  /* Beside a person the list is a column, alone it has the whole window. */
  adw_clamp_set_maximum_size (self->list_clamp, is_folded ? G_MAXINT16 : LIST_WIDTH);
  adw_clamp_set_tightening_threshold (self->list_clamp, is_folded ? G_MAXINT16 : LIST_WIDTH);

  /* With one pane only, an empty detail page would be a dead end. */
  if (is_folded && !ahoy_contact_page_get_user (self->contact_page))
    adw_leaflet_set_visible_child_name (self->leaflet, "list");
}

typedef struct
{
  AhoyWindow *window;   /* (owned) */
  AhoyAccount *account; /* (owned) */
} Login;

static void
login_free (gpointer data)
{
  Login *login = data;

  g_object_unref (login->window);
  ahoy_account_free (login->account);
  g_free (login);
}

static void
fill_and_submit (AhoyWindow        *self,
                 const AhoyAccount *account)
{
  ahoy_sign_in_page_fill (self->sign_in_page, account, TRUE);
  gtk_stack_set_visible_child_name (self->root_stack, "sign-in");
  ahoy_sign_in_page_submit (self->sign_in_page);
}

static void
on_signed_out_for_login (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  Login *login = user_data;

  ahoy_identity_sign_out_finish (AHOY_IDENTITY (source), result, NULL);
  fill_and_submit (login->window, login->account);
  login_free (login);
}

static void
on_login_response (AdwMessageDialog *dialog,
                   const char       *response,
                   Login            *login)
{
  Login *next;

  if (g_strcmp0 (response, "sign-in") != 0)
    return;

  next = g_new0 (Login, 1);
  next->window = g_object_ref (login->window);
  next->account = ahoy_account_copy (login->account);
  ahoy_identity_sign_out_async (login->window->identity, NULL, on_signed_out_for_login, next);
}

void
ahoy_window_take_login (AhoyWindow        *self,
                        const AhoyAccount *account)
{
  g_autofree char *host = NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;
  Login *login;

  g_return_if_fail (AHOY_IS_WINDOW (self));
  g_return_if_fail (account);

  if (ahoy_identity_get_stage (self->identity) != AHOY_IDENTITY_SIGNED_IN)
    {
      fill_and_submit (self, account);
      return;
    }

  /* Anybody can make somebody click on a link: changing the account is asked for. */
  host = ahoy_account_dup_host (account);
  /* Translators: an Ahoy ID and the address of a server */
  body = g_strdup_printf (_("The link signs in as %s at %s. The present account is signed out first."),
                          account->user_id, host);
  login = g_new0 (Login, 1);
  login->window = g_object_ref (self);
  login->account = ahoy_account_copy (account);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Use Another Account?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "sign-in", _("_Sign In"), NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_login_response), login);
  g_object_set_data_full (G_OBJECT (dialog), "ahoy-login", login, login_free);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
ahoy_window_show_page (AhoyWindow *self,
                       const char *page)
{
  g_return_if_fail (AHOY_IS_WINDOW (self));

  adw_view_stack_set_visible_child_name (self->views, page);
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
}

static void
save_size (AhoyWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (!gtk_window_is_maximized (GTK_WINDOW (self)) && width > 0 && height > 0)
    g_settings_set (self->settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
ahoy_window_close_request (GtkWindow *window)
{
  AhoyWindow *self = AHOY_WINDOW (window);
  const char *page = adw_view_stack_get_visible_child_name (self->views);

  save_size (self);
  if (page)
    g_settings_set_string (self->settings, "page", page);

  return GTK_WINDOW_CLASS (ahoy_window_parent_class)->close_request (window);
}

static void
ahoy_window_dispose (GObject *object)
{
  AhoyWindow *self = AHOY_WINDOW (object);

  if (self->follow_user)
    g_signal_group_set_target (self->follow_user, NULL);
  g_clear_object (&self->follow_user);
  g_clear_handle_id (&self->progress_source_id, g_source_remove);
  g_clear_object (&self->identity);
  g_clear_object (&self->history);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (ahoy_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, AhoyWindow, toasts);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, root_stack);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, sign_in_page);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, leaflet);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, list_clamp);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, list_pane);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, detail_pane);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, detail_stack);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, views);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, recent_page);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, search_entry);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, strip);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, contacts_view);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, recents_view);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, contact_page);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, star_button);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, back_button);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, profile_button);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, profile_avatar);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, profile_popover);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, progress_revealer);
  gtk_widget_class_bind_template_child (klass, AhoyWindow, progress);
}

static void
ahoy_window_class_init (AhoyWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ahoy_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = ahoy_window_close_request;

  g_type_ensure (AHOY_TYPE_AVATAR);
  g_type_ensure (AHOY_TYPE_CONTACT_PAGE);
  g_type_ensure (AHOY_TYPE_CONTACTS_VIEW);
  g_type_ensure (AHOY_TYPE_PROFILE_POPOVER);
  g_type_ensure (AHOY_TYPE_RECENTS_VIEW);
  g_type_ensure (AHOY_TYPE_SIGN_IN_PAGE);
  g_type_ensure (AHOY_TYPE_STATUS_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ahoycall/Ahoy/ahoy-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_removed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_folded_changed);
  gtk_widget_class_bind_template_callback (widget_class, ahoy_window_toast_error);
  ahoy_window_install_actions (widget_class);
}

static void
ahoy_window_init (AhoyWindow *self)
{
  int width, height;
  g_autofree char *page = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self->leaflet));

  self->follow_user = g_signal_group_new (AHOY_TYPE_USER);
  g_signal_group_connect_swapped (self->follow_user, "notify::is-favourite",
                                  G_CALLBACK (ahoy_window_update_star), self);
  g_signal_group_connect_swapped (self->follow_user, "notify::is-contact",
                                  G_CALLBACK (ahoy_window_update_star), self);

  self->settings = g_settings_new (AHOY_APP_ID);
  g_settings_get (self->settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  page = g_settings_get_string (self->settings, "page");
  adw_view_stack_set_visible_child_name (self->views, page);
}

static void
follow (AhoyWindow *self)
{
  AhoyEngine *engine = ahoy_window_get_engine (self);

  g_signal_connect_object (self->identity, "notify::stage", G_CALLBACK (update_root), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->identity, "notify::session-only", G_CALLBACK (on_session_only), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::self", G_CALLBACK (update_self), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (update_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "error", G_CALLBACK (ahoy_window_toast_error), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "notify::n-missed", G_CALLBACK (update_badge), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "failed", G_CALLBACK (ahoy_window_toast_error), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sign_in_page, "done", G_CALLBACK (on_signed_in), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (update_badge), NULL);
}

GtkWidget *
ahoy_window_new (GtkApplication *application,
                 AhoyIdentity   *identity,
                 AhoyHistory    *history)
{
  AhoyWindow *self;

  g_return_val_if_fail (AHOY_IS_IDENTITY (identity), NULL);
  g_return_val_if_fail (AHOY_IS_HISTORY (history), NULL);

  self = g_object_new (AHOY_TYPE_WINDOW, "application", application, NULL);
  self->identity = g_object_ref (identity);
  self->history = g_object_ref (history);

  ahoy_sign_in_page_set_identity (self->sign_in_page, identity);
  ahoy_status_strip_set_identity (self->strip, identity);
  ahoy_contacts_view_set_users (self->contacts_view, G_LIST_MODEL (ahoy_engine_get_contacts (ahoy_window_get_engine (self))));
  ahoy_recents_view_set_history (self->recents_view, history);
  ahoy_contact_page_set_engine (self->contact_page, ahoy_window_get_engine (self), history);
  follow (self);
  update_self (self);
  update_badge (self);
  update_progress (self);
  update_root (self);

  return GTK_WIDGET (self);
}
