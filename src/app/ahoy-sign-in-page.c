/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-sign-in-page.h"

#include "ahoy-avatar.h"
#include "ahoy-link.h"
#include "ahoy-sign-in-words.h"
#include "ahoy-ui-widgets.h"
#include "ahoy-user-sig.h"

#include <glib/gi18n.h>
#include <string.h>

/* Cancel is offered only when signing in takes long enough to wonder. */
#define CANCEL_AFTER_S 2
#define MAX_NICKNAME_BYTES 500

struct _AhoySignInPage
{
  AdwBin parent_instance;

  AhoyIdentity *identity;     /* (owned) (nullable) */
  GCancellable *cancellable;  /* (owned) (nullable), set while signing in */
  AhoyAccount *trying;        /* (owned) (nullable) */
  GSettings *settings;        /* (owned) */
  guint cancel_source_id;
  gboolean is_filling;        /* the form is being changed by us */

  AdwWindowTitle *title;
  GtkWidget *back_button;
  GtkStack *stack;
  GtkWidget *welcome_button;
  GtkMenuButton *link_button;
  GtkWidget *link_popover;
  GtkEditable *link_entry;
  GtkLabel *link_label;
  GtkLabel *link_error;
  GtkLabel *notice_label;
  GtkWidget *form_group;
  GtkEditable *server_row;
  GtkEditable *user_row;
  GtkEditable *ticket_row;
  GtkEditable *app_row;
  AdwExpanderRow *advanced_row;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;
  GtkWidget *submit_button;
  GtkStack *submit_stack;
  GtkSpinner *spinner;
  GtkWidget *cancel_button;
  AhoyAvatar *avatar;
  GtkEditable *nickname_row;
  GtkLabel *nickname_error;
  GtkWidget *start_button;
  GtkSwitch *background_switch;
};

G_DEFINE_FINAL_TYPE (AhoySignInPage, ahoy_sign_in_page, ADW_TYPE_BIN)

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkWidget *
widget_for_field (AhoySignInPage  *self,
                  AhoySignInField  field)
{
  switch (field)
    {
    case AHOY_SIGN_IN_FIELD_SERVER:
      return GTK_WIDGET (self->server_row);
    case AHOY_SIGN_IN_FIELD_USER:
      return GTK_WIDGET (self->user_row);
    case AHOY_SIGN_IN_FIELD_TICKET:
      return GTK_WIDGET (self->ticket_row);
    case AHOY_SIGN_IN_FIELD_APP:
      return GTK_WIDGET (self->app_row);
    case AHOY_SIGN_IN_FIELD_NONE:
    default:
      return NULL;
    }
}

static void
clear_error (AhoySignInPage *self)
{
  for (int field = AHOY_SIGN_IN_FIELD_SERVER; field <= AHOY_SIGN_IN_FIELD_APP; field++)
    {
      GtkWidget *row = widget_for_field (self, field);

      gtk_widget_remove_css_class (row, "error");
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
      gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
    }

  ahoy_ui_reveal (self->error_revealer, FALSE);
}

static void
show_error_at (AhoySignInPage  *self,
               AhoySignInField  field,
               const char      *text)
{
  GtkWidget *row = widget_for_field (self, field);

  clear_error (self);
  gtk_label_set_label (self->error_label, text);
  ahoy_ui_reveal (self->error_revealer, TRUE);

  if (!row)
    return;

  if (field == AHOY_SIGN_IN_FIELD_APP)
    adw_expander_row_set_expanded (self->advanced_row, TRUE);
  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->error_label, NULL, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row),
                               GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_widget_grab_focus (row);
}

static gboolean
has_text (GtkEditable *editable)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (editable)));

  return *text != '\0';
}

/* Derives what the form allows from what is in it and what runs. */
static void
update (AhoySignInPage *self)
{
  gboolean is_busy = self->cancellable != NULL;
  gboolean is_complete = has_text (self->server_row) && has_text (self->user_row) && has_text (self->ticket_row);
  const char *step = gtk_stack_get_visible_child_name (self->stack);

  /* A row that is switched off with the focus in it would never hear of losing it. */
  if (is_busy && gtk_widget_get_root (GTK_WIDGET (self)))
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  gtk_widget_set_sensitive (self->form_group, !is_busy);
  gtk_stack_set_visible_child_name (self->submit_stack, is_busy ? "busy" : "label");
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.submit", is_complete && !is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.back", g_strcmp0 (step, "form") == 0);
  gtk_widget_set_visible (self->back_button, g_strcmp0 (step, "form") == 0);
  if (!is_busy)
    gtk_widget_hide (self->cancel_button);
}

static void
set_text (GtkEditable *editable,
          const char  *text)
{
  gtk_editable_set_text (editable, text ? text : "");
}

void
ahoy_sign_in_page_fill (AhoySignInPage    *self,
                        const AhoyAccount *account,
                        gboolean           with_ticket)
{
  g_autofree char *app = NULL;

  g_return_if_fail (AHOY_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (account);

  app = g_strdup_printf ("%" G_GUINT64_FORMAT, account->app_id);
  self->is_filling = TRUE;
  set_text (self->server_row, account->server);
  set_text (self->user_row, account->user_id);
  set_text (self->ticket_row, with_ticket ? account->user_sig : NULL);
  set_text (self->app_row, app);
  self->is_filling = FALSE;
  clear_error (self);
  gtk_stack_set_visible_child_name (self->stack, "form");
  update (self);
}

/* A link pasted anywhere into the form is taken apart there. */
static gboolean
take_link (AhoySignInPage *self,
           const char     *text)
{
  g_autoptr (AhoyLink) link = NULL;

  if (g_ascii_strncasecmp (text, "ahoy:", 5) != 0)
    return FALSE;

  link = ahoy_link_parse (text, NULL);
  if (!link || link->kind != AHOY_LINK_LOGIN)
    return FALSE;

  ahoy_sign_in_page_fill (self, link->account, TRUE);
  return TRUE;
}

static void
on_form_changed (AhoySignInPage *self,
                 GtkEditable    *row)
{
  if (self->is_filling)
    return;

  clear_error (self);
  if (take_link (self, gtk_editable_get_text (row)))
    ahoy_sign_in_page_submit (self);
  else
    update (self);
}

static void
on_form_activated (AhoySignInPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.submit", NULL);
}

static void
on_link_changed (AhoySignInPage *self)
{
  gtk_widget_hide (GTK_WIDGET (self->link_error));
  gtk_widget_remove_css_class (GTK_WIDGET (self->link_entry), "error");
}

static void
on_link_activate (AhoySignInPage *self)
{
  if (take_link (self, gtk_editable_get_text (self->link_entry)))
    {
      gtk_menu_button_popdown (self->link_button);
      set_text (self->link_entry, NULL);
      ahoy_sign_in_page_submit (self);
      return;
    }

  gtk_label_set_label (self->link_error, _("This is not an invite link. It begins with ahoy://login"));
  gtk_widget_show (GTK_WIDGET (self->link_error));
  gtk_widget_add_css_class (GTK_WIDGET (self->link_entry), "error");
  gtk_widget_grab_focus (GTK_WIDGET (self->link_entry));
}

static char *
dup_stripped (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

/* What the form says, or NULL with the error shown. */
static AhoyAccount *
read_form (AhoySignInPage *self)
{
  g_autofree char *typed = dup_stripped (self->server_row);
  g_autofree char *server = ahoy_account_normalize_server (typed, NULL);
  g_autofree char *user = dup_stripped (self->user_row);
  g_autofree char *ticket = dup_stripped (self->ticket_row);
  g_autofree char *app = dup_stripped (self->app_row);
  guint64 app_id = 0;

  if (!server)
    {
      show_error_at (self, AHOY_SIGN_IN_FIELD_SERVER, _("This is not the address of a server"));
      return NULL;
    }
  if (!ahoy_user_id_is_valid (user))
    {
      show_error_at (self, AHOY_SIGN_IN_FIELD_USER,
                     _("An Ahoy ID has up to 32 letters, digits, hyphens and underscores"));
      return NULL;
    }

  /* The ticket knows its application; only who has an unusual one needs the row. */
  if (*app == '\0')
    {
      g_autoptr (AhoyUserSigClaims) claims = ahoy_user_sig_read (ticket, NULL);

      if (!claims)
        {
          show_error_at (self, AHOY_SIGN_IN_FIELD_TICKET, _("The Ahoy ID or the ticket is wrong"));
          return NULL;
        }
      app_id = claims->app_id;
    }
  else if (!ahoy_account_parse_app_id (app, &app_id))
    {
      show_error_at (self, AHOY_SIGN_IN_FIELD_APP, _("The application number has digits only"));
      return NULL;
    }

  return ahoy_account_new (server, app_id, user, ticket);
}

static gboolean
on_cancel_due (gpointer user_data)
{
  AhoySignInPage *self = user_data;

  self->cancel_source_id = 0;
  gtk_widget_show (self->cancel_button);
  return G_SOURCE_REMOVE;
}

static void
stop_waiting (AhoySignInPage *self)
{
  g_clear_handle_id (&self->cancel_source_id, g_source_remove);
  g_clear_object (&self->cancellable);
}

static void
show_you (AhoySignInPage *self)
{
  AhoyUser *me = ahoy_engine_get_self (ahoy_identity_get_engine (self->identity));
  const char *nickname = me ? ahoy_user_get_nickname (me) : NULL;

  ahoy_avatar_set_user (self->avatar, me);
  set_text (self->nickname_row, nickname);
  gtk_stack_set_visible_child_name (self->stack, "you");
  gtk_widget_grab_focus (nickname && *nickname ? self->start_button : GTK_WIDGET (self->nickname_row));
}

static void
on_signed_in (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AhoySignInPage) self = AHOY_SIGN_IN_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  gboolean is_ok = ahoy_identity_sign_in_finish (AHOY_IDENTITY (source), result, &error);

  if (!self->identity)
    return;

  stop_waiting (self);
  update (self);
  if (is_ok)
    {
      set_text (self->ticket_row, NULL);
      show_you (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ahoy_sign_in_page_show_error (self, error);

  g_clear_pointer (&self->trying, ahoy_account_free);
}

void
ahoy_sign_in_page_submit (AhoySignInPage *self)
{
  AhoyAccount *account;

  g_return_if_fail (AHOY_IS_SIGN_IN_PAGE (self));

  if (self->cancellable || !self->identity)
    return;

  clear_error (self);
  account = read_form (self);
  if (!account)
    return;

  g_clear_pointer (&self->trying, ahoy_account_free);
  self->trying = account;
  self->cancellable = g_cancellable_new ();
  self->cancel_source_id = g_timeout_add_seconds (CANCEL_AFTER_S, on_cancel_due, self);
  update (self);
  ahoy_identity_sign_in_async (self->identity, account, self->cancellable, on_signed_in, g_object_ref (self));
}

static void
on_nickname_set (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (AhoySignInPage) self = AHOY_SIGN_IN_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->start_button, TRUE);
  if (ahoy_engine_set_self_info_finish (AHOY_ENGINE (source), result, &error))
    {
      g_signal_emit (self, signals[DONE], 0);
      return;
    }

  gtk_label_set_label (self->nickname_error, _("The name could not be saved. Check the connection and try again."));
  gtk_widget_show (GTK_WIDGET (self->nickname_error));
}

static void
on_nickname_changed (AhoySignInPage *self)
{
  const char *text = gtk_editable_get_text (self->nickname_row);
  gboolean is_long = strlen (text) > MAX_NICKNAME_BYTES;

  if (is_long)
    gtk_label_set_label (self->nickname_error, _("This name is too long"));
  gtk_widget_set_visible (GTK_WIDGET (self->nickname_error), is_long);
  gtk_widget_set_sensitive (self->start_button, !is_long);
}

static void
on_start (AhoySignInPage *self)
{
  AhoyEngine *engine = ahoy_identity_get_engine (self->identity);
  AhoyUser *me = ahoy_engine_get_self (engine);
  g_autofree char *nickname = dup_stripped (self->nickname_row);
  const char *old = me ? ahoy_user_get_nickname (me) : NULL;

  if (strlen (nickname) > MAX_NICKNAME_BYTES)
    return;
  if (g_strcmp0 (nickname, old ? old : "") == 0)
    {
      g_signal_emit (self, signals[DONE], 0);
      return;
    }

  gtk_widget_set_sensitive (self->start_button, FALSE);
  ahoy_engine_set_self_info_async (engine, nickname, NULL, NULL, on_nickname_set, g_object_ref (self));
}

static void
on_step_changed (AhoySignInPage *self)
{
  const char *step = gtk_stack_get_visible_child_name (self->stack);
  GtkWidget *child = gtk_stack_get_visible_child (self->stack);

  if (!step || !child)
    return;

  /* The page itself carries its title in large letters; the bar repeats nothing. */
  update (self);
  if (g_str_equal (step, "welcome"))
    gtk_widget_grab_focus (self->welcome_button);
  else if (g_str_equal (step, "form") && !self->is_filling)
    gtk_widget_grab_focus (GTK_WIDGET (has_text (self->server_row) ? self->ticket_row : self->server_row));
}

static void
show_form (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  AhoySignInPage *self = AHOY_SIGN_IN_PAGE (widget);

  gtk_stack_set_visible_child_name (self->stack, "form");
}

static void
cancel (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  AhoySignInPage *self = AHOY_SIGN_IN_PAGE (widget);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  AhoySignInPage *self = AHOY_SIGN_IN_PAGE (widget);

  cancel (widget, action_name, parameter);
  clear_error (self);
  gtk_stack_set_visible_child_name (self->stack, "welcome");
}

static void
submit (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  ahoy_sign_in_page_submit (AHOY_SIGN_IN_PAGE (widget));
}

static void
update_notice (AhoySignInPage *self)
{
  AhoyIdentityNotice notice = ahoy_identity_get_notice (self->identity);

  if (notice == AHOY_IDENTITY_NOTICE_EXPIRED)
    gtk_label_set_label (self->notice_label, _("Please sign in again: the ticket is no longer accepted."));
  else if (notice == AHOY_IDENTITY_NOTICE_KICKED)
    gtk_label_set_label (self->notice_label, _("This account was opened on another device."));
  gtk_widget_set_visible (GTK_WIDGET (self->notice_label), notice != AHOY_IDENTITY_NOTICE_NONE);
}

static void
ahoy_sign_in_page_dispose (GObject *object)
{
  AhoySignInPage *self = AHOY_SIGN_IN_PAGE (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  stop_waiting (self);
  g_clear_object (&self->identity);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->trying, ahoy_account_free);

  G_OBJECT_CLASS (ahoy_sign_in_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, title);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, back_button);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, stack);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, welcome_button);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, link_button);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, link_popover);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, link_entry);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, link_label);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, link_error);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, notice_label);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, form_group);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, server_row);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, user_row);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, ticket_row);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, app_row);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, advanced_row);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, error_revealer);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, error_label);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, submit_button);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, submit_stack);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, spinner);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, cancel_button);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, avatar);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, nickname_row);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, nickname_error);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, start_button);
  gtk_widget_class_bind_template_child (klass, AhoySignInPage, background_switch);
}

static void
ahoy_sign_in_page_class_init (AhoySignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ahoy_sign_in_page_dispose;

  signals[DONE] = g_signal_new ("done", AHOY_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);

  g_type_ensure (AHOY_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ahoycall/Ahoy/ahoy-sign-in-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_form_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_link_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_link_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_nickname_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_start);
  gtk_widget_class_bind_template_callback (widget_class, on_step_changed);
  gtk_widget_class_install_action (widget_class, "sign-in.form", NULL, show_form);
  gtk_widget_class_install_action (widget_class, "sign-in.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "sign-in.submit", NULL, submit);
  gtk_widget_class_install_action (widget_class, "sign-in.cancel", NULL, cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "sign-in.back", NULL);
}

static void
ahoy_sign_in_page_init (AhoySignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ahoy_ui_name_by_tooltips (GTK_WIDGET (self->ticket_row));

  self->settings = g_settings_new (AHOY_APP_ID);
  g_settings_bind (self->settings, "run-in-background", self->background_switch, "active", G_SETTINGS_BIND_DEFAULT);
  update (self);
}

GtkWidget *
ahoy_sign_in_page_new (void)
{
  return g_object_new (AHOY_TYPE_SIGN_IN_PAGE, NULL);
}

void
ahoy_sign_in_page_set_identity (AhoySignInPage *self,
                                AhoyIdentity   *identity)
{
  g_return_if_fail (AHOY_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (AHOY_IS_IDENTITY (identity));

  if (!g_set_object (&self->identity, identity))
    return;

  g_signal_connect_object (identity, "notify::notice", G_CALLBACK (update_notice), self, G_CONNECT_SWAPPED);
  update_notice (self);
}

void
ahoy_sign_in_page_reset (AhoySignInPage *self)
{
  g_return_if_fail (AHOY_IS_SIGN_IN_PAGE (self));

  self->is_filling = TRUE;
  set_text (self->server_row, NULL);
  set_text (self->user_row, NULL);
  set_text (self->ticket_row, NULL);
  set_text (self->app_row, NULL);
  self->is_filling = FALSE;
  clear_error (self);
  gtk_stack_set_visible_child_name (self->stack, "welcome");
  update (self);
}

gboolean
ahoy_sign_in_page_is_open (AhoySignInPage *self)
{
  g_return_val_if_fail (AHOY_IS_SIGN_IN_PAGE (self), FALSE);

  return self->cancellable != NULL || g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "you") == 0;
}

void
ahoy_sign_in_page_show_step (AhoySignInPage *self,
                             const char     *step)
{
  g_return_if_fail (AHOY_IS_SIGN_IN_PAGE (self));

  gtk_stack_set_visible_child_full (self->stack, step, GTK_STACK_TRANSITION_TYPE_NONE);
}

void
ahoy_sign_in_page_show_error (AhoySignInPage *self,
                              const GError   *error)
{
  g_autoptr (AhoyAccount) account = NULL;
  g_autofree char *text = NULL;
  AhoySignInField field;

  g_return_if_fail (AHOY_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (error);

  account = self->trying ? ahoy_account_copy (self->trying)
                         : ahoy_account_new (gtk_editable_get_text (self->server_row), 0, "", "");
  text = ahoy_sign_in_words (error, account, &field);
  show_error_at (self, field, text);
}
