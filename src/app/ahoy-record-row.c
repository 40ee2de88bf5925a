/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-record-row.h"

#include "ahoy-avatar.h"
#include "ahoy-person-menu.h"
#include "ahoy-prompt-button.h"
#include "ahoy-times.h"

#include <glib/gi18n.h>

struct _AhoyRecordRow
{
  GtkWidget parent_instance;

  AhoyHistoryEntry *entry;  /* (owned) (nullable) */
  GSignalGroup *follow;     /* (owned) on the person */
  gboolean is_compact;

  AhoyAvatar *avatar;
  GtkLabel *name_label;
  GtkImage *icon;
  GtkLabel *words_label;
  GtkLabel *time_label;
  GtkWidget *call_button;
};

G_DEFINE_FINAL_TYPE (AhoyRecordRow, ahoy_record_row, GTK_TYPE_WIDGET)

static const char *
icon_for_result (AhoyCallResult result)
{
  switch (result)
    {
    case AHOY_CALL_RESULT_MISSED:
      return "call-missed-symbolic";
    case AHOY_CALL_RESULT_OUTGOING:
      return "call-outgoing-symbolic";
    case AHOY_CALL_RESULT_INCOMING:
    case AHOY_CALL_RESULT_UNKNOWN:
    default:
      return "call-incoming-symbolic";
    }
}

static char *
dup_time (AhoyHistoryEntry *entry,
          gboolean          with_day)
{
  gint64 begin = ahoy_record_get_begin (ahoy_history_entry_get_first (entry));
  g_autofree char *clock = ahoy_times_format_clock (begin);
  g_autofree char *day = NULL;

  if (!with_day)
    return g_steal_pointer (&clock);

  day = ahoy_times_format_day (begin, g_get_real_time ());
  /* Translators: a day and a time of day, "Yesterday 14:03" */
  return g_strdup_printf (_("%s %s"), day, clock);
}

char *
ahoy_record_row_describe (AhoyHistoryEntry *entry)
{
  AhoyUser *user;
  g_autofree char *words = NULL;
  g_autofree char *when = NULL;
  guint count;

  g_return_val_if_fail (AHOY_IS_HISTORY_ENTRY (entry), NULL);

  user = ahoy_history_entry_get_user (entry);
  words = ahoy_history_entry_dup_words (entry);
  when = dup_time (entry, TRUE);
  count = ahoy_history_entry_get_count (entry);

  if (count > 1)
    /* Translators: a person, a kind of call, when, how many; "Ada Lovelace, Missed call, Yesterday 14:03, 2 calls" */
    return g_strdup_printf (ngettext ("%s, %s, %s, %u call", "%s, %s, %s, %u calls", count),
                            user ? ahoy_user_get_display_name (user) : _("Unknown"), words, when, count);

  /* Translators: a person, a kind of call, when; "Ada Lovelace, Missed video call, Yesterday 14:03" */
  return g_strdup_printf (_("%s, %s, %s"), user ? ahoy_user_get_display_name (user) : _("Unknown"), words, when);
}

static void
update_button (AhoyRecordRow *self,
               AhoyUser      *user)
{
  gboolean is_video = ahoy_record_get_media (ahoy_history_entry_get_first (self->entry)) == AHOY_CALL_MEDIA_VIDEO;
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->call_button, user != NULL && !self->is_compact);
  if (!user)
    return;

  /* Translators: %s is a person */
  label = ahoy_person_menu_format (is_video ? _("Video call %s") : _("Call %s"), ahoy_user_get_display_name (user));
  gtk_button_set_icon_name (GTK_BUTTON (self->call_button),
                            is_video ? "camera-video-symbolic" : "call-start-symbolic");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->call_button), "s", ahoy_user_get_id (user));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->call_button), is_video ? "app.video-call" : "app.call");
  gtk_widget_set_tooltip_text (self->call_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->call_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update (AhoyRecordRow *self)
{
  AhoyUser *user;
  guint count;
  gboolean is_missed;
  const char *name;
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;
  g_autofree char *when = NULL;

  if (!self->entry)
    return;

  user = ahoy_history_entry_get_user (self->entry);
  count = ahoy_history_entry_get_count (self->entry);
  is_missed = ahoy_history_entry_is_missed (self->entry);
  name = user ? ahoy_user_get_display_name (user) : _("Unknown");
  /* Translators: a person and how many calls in a row; "Ada (3)" */
  title = count > 1 ? g_strdup_printf (_("%s (%u)"), name, count) : g_strdup (name);
  words = ahoy_history_entry_dup_words (self->entry);
  when = dup_time (self->entry, self->is_compact);

  gtk_label_set_label (self->name_label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), name);
  gtk_label_set_label (self->words_label, words);
  gtk_label_set_label (self->time_label, when);
  gtk_image_set_from_icon_name (self->icon,
                                icon_for_result (ahoy_record_get_result (ahoy_history_entry_get_first (self->entry))));
  if (is_missed)
    gtk_widget_add_css_class (GTK_WIDGET (self), "missed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "missed");
  update_button (self, user);
}

static void
show_menu (AhoyRecordRow *self,
           double         x,
           double         y)
{
  if (self->entry)
    gtk_widget_activate_action (GTK_WIDGET (self), "recents.menu", "(sdd)",
                                ahoy_record_get_call_id (ahoy_history_entry_get_first (self->entry)), x, y);
}

static void
on_right_click (GtkGestureClick *gesture,
                int              n_press,
                double           x,
                double           y,
                AhoyRecordRow   *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
on_long_press (GtkGestureLongPress *gesture,
               double               x,
               double               y,
               AhoyRecordRow       *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
ahoy_record_row_dispose (GObject *object)
{
  AhoyRecordRow *self = AHOY_RECORD_ROW (object);
  GtkWidget *child;

  if (self->follow)
    g_signal_group_set_target (self->follow, NULL);
  g_clear_object (&self->follow);
  g_clear_object (&self->entry);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ahoy_record_row_parent_class)->dispose (object);
}

static void
ahoy_record_row_class_init (AhoyRecordRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ahoy_record_row_dispose;

  g_type_ensure (AHOY_TYPE_PROMPT_BUTTON);
  g_type_ensure (AHOY_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ahoycall/Ahoy/ahoy-record-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyRecordRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, AhoyRecordRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyRecordRow, icon);
  gtk_widget_class_bind_template_child (widget_class, AhoyRecordRow, words_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyRecordRow, time_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyRecordRow, call_button);
  gtk_widget_class_bind_template_callback (widget_class, on_right_click);
  gtk_widget_class_bind_template_callback (widget_class, on_long_press);
}

static void
ahoy_record_row_init (AhoyRecordRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->follow = g_signal_group_new (AHOY_TYPE_USER);
  g_signal_group_connect_swapped (self->follow, "notify::display-name", G_CALLBACK (update), self);
}

GtkWidget *
ahoy_record_row_new (gboolean is_compact)
{
  AhoyRecordRow *self = g_object_new (AHOY_TYPE_RECORD_ROW, NULL);

  self->is_compact = is_compact;
  gtk_widget_set_visible (GTK_WIDGET (self->avatar), !is_compact);
  gtk_widget_set_visible (GTK_WIDGET (self->name_label), !is_compact);
  return GTK_WIDGET (self);
}

void
ahoy_record_row_set_entry (AhoyRecordRow    *self,
                           AhoyHistoryEntry *entry)
{
  AhoyUser *user;

  g_return_if_fail (AHOY_IS_RECORD_ROW (self));
  g_return_if_fail (!entry || AHOY_IS_HISTORY_ENTRY (entry));

  if (!g_set_object (&self->entry, entry))
    return;

  user = entry ? ahoy_history_entry_get_user (entry) : NULL;
  g_signal_group_set_target (self->follow, user);
  ahoy_avatar_set_user (self->avatar, user);
  update (self);
}

AhoyHistoryEntry *
ahoy_record_row_get_entry (AhoyRecordRow *self)
{
  g_return_val_if_fail (AHOY_IS_RECORD_ROW (self), NULL);

  return self->entry;
}
