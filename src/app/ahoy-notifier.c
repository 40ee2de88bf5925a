/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-notifier.h"

#include "ahoy-times.h"
#include "ahoy-words.h"

#include <glib/gi18n.h>

#define MISSED_ID "missed"

struct _AhoyNotifier
{
  GObject parent_instance;

  GApplication *application; /* unowned: it owns this */
  AhoyCallKit *kit;          /* (owned) */
  guint n_missed;            /* that the one notification stands for */
};

G_DEFINE_FINAL_TYPE (AhoyNotifier, ahoy_notifier, G_TYPE_OBJECT)

static char *
dup_notification_id (AhoyCall *call)
{
  return g_strconcat ("call-", ahoy_call_get_id (call), NULL);
}

static const char *
get_caller (AhoyCall *call)
{
  AhoyUser *inviter = ahoy_call_get_inviter (call);

  return inviter ? ahoy_user_get_display_name (inviter) : _("Unknown");
}

static void
on_incoming (AhoyNotifier *self,
             AhoyCall     *call)
{
  const char *id = ahoy_call_get_id (call);
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *notification_id = NULL;

  if (!id)
    return;

  notification_id = dup_notification_id (call);
  notification = g_notification_new (get_caller (call));
  g_notification_set_body (notification, ahoy_call_get_media (call) == AHOY_CALL_MEDIA_VIDEO
                                           ? _("Incoming video call") : _("Incoming call"));
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_URGENT);
  g_notification_set_category (notification, "call.incoming");
  g_notification_add_button_with_target (notification, _("Decline"), "app.decline", "s", id);
  g_notification_add_button_with_target (notification, _("Answer"), "app.answer", "s", id);
  g_notification_set_default_action_and_target (notification, "app.show-call", "s", id);
  g_application_send_notification (self->application, notification_id, notification);
}

static void
send_missed (AhoyNotifier *self,
             AhoyCall     *call)
{
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *title = NULL;
  AhoyUser *inviter = ahoy_call_get_inviter (call);

  self->n_missed++;
  if (self->n_missed == 1)
    {
      g_autofree char *clock = ahoy_times_format_clock (g_get_real_time ());

      title = ahoy_words_missed (get_caller (call));
      notification = g_notification_new (title);
      g_notification_set_body (notification, clock);
      if (inviter)
        g_notification_add_button_with_target (notification, _("Call Back"), "app.call", "s",
                                               ahoy_user_get_id (inviter));
    }
  else
    {
      title = g_strdup_printf (ngettext ("%u missed call", "%u missed calls", self->n_missed), self->n_missed);
      notification = g_notification_new (title);
    }

  g_notification_set_category (notification, "call.unanswered");
  g_notification_set_default_action (notification, "app.show-recent");
  g_application_send_notification (self->application, MISSED_ID, notification);
}

static void
on_incoming_over (AhoyNotifier *self,
                  AhoyCall     *call,
                  gboolean      is_missed)
{
  if (ahoy_call_get_id (call))
    {
      g_autofree char *notification_id = dup_notification_id (call);

      g_application_withdraw_notification (self->application, notification_id);
    }

  if (is_missed)
    send_missed (self, call);
}

static void
ahoy_notifier_dispose (GObject *object)
{
  AhoyNotifier *self = AHOY_NOTIFIER (object);

  g_clear_object (&self->kit);

  G_OBJECT_CLASS (ahoy_notifier_parent_class)->dispose (object);
}

static void
ahoy_notifier_class_init (AhoyNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ahoy_notifier_dispose;
}

static void
ahoy_notifier_init (AhoyNotifier *self)
{
}

AhoyNotifier *
ahoy_notifier_new (GApplication *application,
                   AhoyCallKit  *kit)
{
  AhoyNotifier *self;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (AHOY_IS_CALL_KIT (kit), NULL);

  self = g_object_new (AHOY_TYPE_NOTIFIER, NULL);
  self->application = application;
  self->kit = g_object_ref (kit);
  g_signal_connect_object (kit, "incoming", G_CALLBACK (on_incoming), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kit, "incoming-over", G_CALLBACK (on_incoming_over), self, G_CONNECT_SWAPPED);
  return self;
}

void
ahoy_notifier_clear_missed (AhoyNotifier *self)
{
  g_return_if_fail (AHOY_IS_NOTIFIER (self));

  if (self->n_missed == 0)
    return;

  self->n_missed = 0;
  g_application_withdraw_notification (self->application, MISSED_ID);
}
