/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-contact-page.h"

#include "ahoy-avatar.h"
#include "ahoy-contact-row.h"
#include "ahoy-person-menu.h"
#include "ahoy-prompt-button.h"
#include "ahoy-record-row.h"

#include <glib/gi18n.h>

#define MAX_CALLS 10

struct _AhoyContactPage
{
  AdwBin parent_instance;

  AhoyEngine *engine;    /* (owned) (nullable) */
  AhoyHistory *history;  /* (owned) (nullable) */
  AhoyUser *user;        /* (owned) (nullable) */
  GSignalGroup *follow;  /* (owned) on the person */

  AhoyAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *status_label;
  GtkWidget *call_button;
  GtkWidget *video_button;
  GtkWidget *add_button;
  GtkWidget *me_group;
  GtkEditable *remark_row;
  AdwActionRow *id_row;
  GtkWidget *copy_button;
  AdwActionRow *nickname_row;
  GtkWidget *calls_group;
  GtkListBox *calls_list;
  GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (AhoyContactPage, ahoy_contact_page, ADW_TYPE_BIN)

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_button (GtkWidget  *button,
               const char *format,
               AhoyUser   *user)
{
  g_autofree char *label = ahoy_person_menu_format (format, ahoy_user_get_display_name (user));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", ahoy_user_get_id (user));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* "Grace · grace · Online": what the name above does not say already. */
static char *
dup_status (AhoyUser *user)
{
  const char *nickname = ahoy_user_get_nickname (user);
  const char *words = ahoy_contact_row_presence_words (ahoy_user_get_presence (user));
  const char *shown = ahoy_user_get_display_name (user);
  GPtrArray *parts = g_ptr_array_new ();
  char *text;

  if (nickname && *nickname && !g_str_equal (nickname, shown))
    g_ptr_array_add (parts, (gpointer) nickname);
  if (!g_str_equal (ahoy_user_get_id (user), shown))
    g_ptr_array_add (parts, (gpointer) ahoy_user_get_id (user));
  if (words)
    g_ptr_array_add (parts, (gpointer) words);
  g_ptr_array_add (parts, NULL);

  text = g_strjoinv (" · ", (char **) parts->pdata);
  g_ptr_array_unref (parts);
  return text;
}

static void
update_person (AhoyContactPage *self)
{
  const char *nickname;
  const char *remark;
  gboolean is_contact;
  g_autofree char *status = NULL;

  if (!self->user)
    return;

  nickname = ahoy_user_get_nickname (self->user);
  remark = ahoy_user_get_remark (self->user);
  is_contact = ahoy_user_get_is_contact (self->user);
  status = dup_status (self->user);

  gtk_label_set_label (self->name_label, ahoy_user_get_display_name (self->user));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), ahoy_user_get_display_name (self->user));
  gtk_label_set_label (self->status_label, status);
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), *status != '\0');
  adw_action_row_set_subtitle (self->id_row, ahoy_user_get_id (self->user));
  adw_action_row_set_subtitle (self->nickname_row, nickname ? nickname : "");
  gtk_widget_set_visible (GTK_WIDGET (self->nickname_row), nickname && *nickname);
  gtk_widget_set_visible (self->me_group, is_contact);
  gtk_widget_set_visible (self->remove_button, is_contact);
  gtk_widget_set_visible (self->add_button, !is_contact);

  /* What is being typed right now is not overwritten by an echo from the server. */
  if (!gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (self->remark_row))) &&
      g_strcmp0 (gtk_editable_get_text (self->remark_row), remark ? remark : "") != 0)
    gtk_editable_set_text (self->remark_row, remark ? remark : "");

  /* Translators: %s is a person */
  update_button (self->call_button, _("Call %s"), self->user);
  update_button (self->video_button, _("Video call %s"), self->user);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add_button), "s", ahoy_user_get_id (self->user));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy_button), "s", ahoy_user_get_id (self->user));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->remove_button), "s", ahoy_user_get_id (self->user));
}

static void
update_calls (AhoyContactPage *self)
{
  g_autoptr (GPtrArray) entries = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->calls_list))))
    gtk_list_box_remove (self->calls_list, child);

  entries = self->history && self->user ? ahoy_history_dup_with (self->history, self->user, MAX_CALLS)
                                        : g_ptr_array_new ();
  for (guint i = 0; i < entries->len; i++)
    {
      GtkWidget *row = ahoy_record_row_new (TRUE);
      GtkWidget *list_row = gtk_list_box_row_new ();
      g_autofree char *name = ahoy_record_row_describe (entries->pdata[i]);

      ahoy_record_row_set_entry (AHOY_RECORD_ROW (row), entries->pdata[i]);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (list_row), row);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (list_row), FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (list_row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_list_box_append (self->calls_list, list_row);
    }
  gtk_widget_set_visible (self->calls_group, entries->len > 0);
}

static void
on_set (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (AhoyContactPage) self = AHOY_CONTACT_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  if (!ahoy_contacts_set_finish (AHOY_CONTACTS (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      update_person (self);
    }
}

static void
on_remark_apply (AhoyContactPage *self)
{
  g_autofree char *remark = g_strstrip (g_strdup (gtk_editable_get_text (self->remark_row)));

  if (self->engine && self->user)
    ahoy_contacts_set_async (ahoy_engine_get_contacts (self->engine), ahoy_user_get_id (self->user), remark, -1,
                             NULL, on_set, g_object_ref (self));
}

static void
ahoy_contact_page_dispose (GObject *object)
{
  AhoyContactPage *self = AHOY_CONTACT_PAGE (object);

  if (self->follow)
    g_signal_group_set_target (self->follow, NULL);
  g_clear_object (&self->follow);
  g_clear_object (&self->engine);
  g_clear_object (&self->history);
  g_clear_object (&self->user);

  G_OBJECT_CLASS (ahoy_contact_page_parent_class)->dispose (object);
}

static void
ahoy_contact_page_class_init (AhoyContactPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ahoy_contact_page_dispose;

  signals[FAILED] = g_signal_new ("failed", AHOY_TYPE_CONTACT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);

  g_type_ensure (AHOY_TYPE_PROMPT_BUTTON);
  g_type_ensure (AHOY_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ahoycall/Ahoy/ahoy-contact-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, status_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, call_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, video_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, me_group);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, remark_row);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, id_row);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, copy_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, nickname_row);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, calls_group);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, calls_list);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactPage, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_remark_apply);
}

static void
ahoy_contact_page_init (AhoyContactPage *self)
{
  static const char *const details[] = {
    "notify::display-name", "notify::nickname", "notify::remark", "notify::presence", "notify::is-contact"
  };

  gtk_widget_init_template (GTK_WIDGET (self));

  self->follow = g_signal_group_new (AHOY_TYPE_USER);
  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    g_signal_group_connect_swapped (self->follow, details[i], G_CALLBACK (update_person), self);
}

GtkWidget *
ahoy_contact_page_new (void)
{
  return g_object_new (AHOY_TYPE_CONTACT_PAGE, NULL);
}

void
ahoy_contact_page_set_engine (AhoyContactPage *self,
                              AhoyEngine      *engine,
                              AhoyHistory     *history)
{
  g_return_if_fail (AHOY_IS_CONTACT_PAGE (self));

  g_set_object (&self->engine, engine);
  if (g_set_object (&self->history, history))
    g_signal_connect_object (history, "items-changed", G_CALLBACK (update_calls), self, G_CONNECT_SWAPPED);
  update_calls (self);
}

void
ahoy_contact_page_set_user (AhoyContactPage *self,
                            AhoyUser        *user)
{
  g_return_if_fail (AHOY_IS_CONTACT_PAGE (self));
  g_return_if_fail (!user || AHOY_IS_USER (user));

  if (!g_set_object (&self->user, user))
    return;

  g_signal_group_set_target (self->follow, user);
  ahoy_avatar_set_user (self->avatar, user);
  gtk_editable_set_text (self->remark_row, "");
  update_person (self);
  update_calls (self);
}

AhoyUser *
ahoy_contact_page_get_user (AhoyContactPage *self)
{
  g_return_val_if_fail (AHOY_IS_CONTACT_PAGE (self), NULL);

  return self->user;
}

void
ahoy_contact_page_edit_name (AhoyContactPage *self)
{
  g_return_if_fail (AHOY_IS_CONTACT_PAGE (self));

  if (self->user && ahoy_user_get_is_contact (self->user))
    gtk_widget_grab_focus (GTK_WIDGET (self->remark_row));
}
