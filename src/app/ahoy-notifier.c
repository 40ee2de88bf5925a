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
  GCancellable *cancellable; /* (owned) */
  guint watch_ids[2];        /* on service_names */
  guint n_present;           /* how many of them have an owner */
  gboolean is_activatable;   /* the bus can start one of them */
  guint n_missed;            /* that the one notification stands for */
};

G_DEFINE_FINAL_TYPE (AhoyNotifier, ahoy_notifier, G_TYPE_OBJECT)

static const char *const service_names[] = { "org.freedesktop.Notifications", "org.gtk.Notifications" };

/* GIO warns about each notification nobody takes. A desktop without a service is none of our bugs: the window
 * and the ringing have to do there. In a sandbox the portal is asked, which is always there. */
static gboolean
can_send (AhoyNotifier *self)
{
  return self->n_present > 0 || self->is_activatable || g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static void
on_service_appeared (GDBusConnection *connection,
                     const char      *name,
                     const char      *owner,
                     gpointer         user_data)
{
  AhoyNotifier *self = user_data;

  self->n_present++;
}

static void
on_service_vanished (GDBusConnection *connection,
                     const char      *name,
                     gpointer         user_data)
{
  AhoyNotifier *self = user_data;

  /* Also told once at the beginning, when it was never there. */
  if (self->n_present > 0)
    self->n_present--;
}

static void
on_activatable_names (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (AhoyNotifier) self = AHOY_NOTIFIER (user_data);
  g_autoptr (GVariant) answer = NULL;
  g_autofree const char **names = NULL;
  g_autoptr (GError) error = NULL;

  answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (!answer)
    {
      g_debug ("Notification services: %s", error->message);
      return;
    }

  g_variant_get (answer, "(^a&s)", &names);
  for (guint i = 0; i < G_N_ELEMENTS (service_names); i++)
    if (g_strv_contains (names, service_names[i]))
      self->is_activatable = TRUE;
}

static void
look_for_services (AhoyNotifier *self)
{
  GDBusConnection *connection = g_application_get_dbus_connection (self->application);

  if (!connection)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (service_names); i++)
    self->watch_ids[i] = g_bus_watch_name_on_connection (connection, service_names[i], G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                         on_service_appeared, on_service_vanished, self, NULL);
  g_dbus_connection_call (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "ListActivatableNames", NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          self->cancellable, on_activatable_names, g_object_ref (self));
}

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

  if (!id || !can_send (self))
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

  if (!can_send (self))
    return;

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
  if (ahoy_call_get_id (call) && can_send (self))
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

  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (self->watch_ids); i++)
    g_clear_handle_id (&self->watch_ids[i], g_bus_unwatch_name);
  g_clear_object (&self->kit);

  G_OBJECT_CLASS (ahoy_notifier_parent_class)->dispose (object);
}

static void
ahoy_notifier_finalize (GObject *object)
{
  AhoyNotifier *self = AHOY_NOTIFIER (object);

  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (ahoy_notifier_parent_class)->finalize (object);
}

static void
ahoy_notifier_class_init (AhoyNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ahoy_notifier_dispose;
  G_OBJECT_CLASS (klass)->finalize = ahoy_notifier_finalize;
}

static void
ahoy_notifier_init (AhoyNotifier *self)
{
  self->cancellable = g_cancellable_new ();
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
  look_for_services (self);
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
