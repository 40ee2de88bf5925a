/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-network.h"

#include <gio/gnetworking.h>
#include <ifaddrs.h>
#include <net/if.h>

/* Changes come in bursts: an address goes, a route, then both come again. */
#define SETTLE_MS 150

struct _AhoyNetwork
{
  GObject parent_instance;

  GNetworkMonitor *monitor; /* (owned) (not nullable) until dispose */
  GDBusConnection *bus;     /* (owned) (nullable) that of the system, where there is one */
  GStrv before;             /* (owned) (not nullable) how it was when it was looked at last */
  guint settle_id;
  guint sleep_id;           /* subscription at the bus, 0 without one */
};

G_DEFINE_FINAL_TYPE (AhoyNetwork, ahoy_network, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* (nullable) */
static GInetAddress *
to_address (const struct sockaddr *native)
{
  if (native && native->sa_family == AF_INET)
    return g_inet_address_new_from_bytes ((const guint8 *) &((const struct sockaddr_in *) native)->sin_addr,
                                          G_SOCKET_FAMILY_IPV4);
  if (native && native->sa_family == AF_INET6)
    return g_inet_address_new_from_bytes ((const guint8 *) &((const struct sockaddr_in6 *) native)->sin6_addr,
                                          G_SOCKET_FAMILY_IPV6);
  return NULL;
}

/* The address with which packets to the outside leave: which of several ways is preferred shows in nothing else.
 * Connecting such a socket sends nothing; the addresses are those of documentation. */
static char *
find_way_out (GSocketFamily  family,
              const char    *outside)
{
  g_autoptr (GSocket) probe = g_socket_new (family, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocketAddress) far_end = g_inet_socket_address_new_from_string (outside, 9);
  g_autoptr (GSocketAddress) near_end = NULL;
  g_autofree char *text = NULL;

  if (!probe || !g_socket_connect (probe, far_end, NULL, NULL))
    return g_strdup_printf ("%s: none", outside);

  near_end = g_socket_get_local_address (probe, NULL);
  if (!near_end)
    return g_strdup_printf ("%s: none", outside);
  text = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (near_end)));
  return g_strdup_printf ("%s: %s", outside, text);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GStrv
look (AhoyNetwork *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  struct ifaddrs *list = NULL;

  if (getifaddrs (&list) != 0)
    list = NULL;
  for (struct ifaddrs *item = list; item; item = item->ifa_next)
    {
      g_autoptr (GInetAddress) address = to_address (item->ifa_addr);
      g_autofree char *text = NULL;

      /* One that is always there, or that no call takes, says nothing. */
      if (!address || !(item->ifa_flags & IFF_UP) || (item->ifa_flags & IFF_LOOPBACK) ||
          g_inet_address_get_is_link_local (address))
        continue;
      text = g_inet_address_to_string (address);
      g_ptr_array_add (lines, g_strdup_printf ("%s %s", item->ifa_name, text));
    }
  if (list)
    freeifaddrs (list);

  g_ptr_array_sort (lines, compare);
  g_ptr_array_add (lines, find_way_out (G_SOCKET_FAMILY_IPV4, "192.0.2.1"));
  g_ptr_array_add (lines, find_way_out (G_SOCKET_FAMILY_IPV6, "2001:db8::1"));
  /* As after signing in at the page of a hotel: nothing else is another one. */
  g_ptr_array_add (lines, g_strdup_printf ("connectivity %d", g_network_monitor_get_connectivity (self->monitor)));
  g_ptr_array_add (lines, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

static gboolean
on_settled (gpointer user_data)
{
  AhoyNetwork *self = user_data;
  g_auto (GStrv) now = look (self);

  self->settle_id = 0;
  if (g_strv_equal ((const char *const *) now, (const char *const *) self->before))
    return G_SOURCE_REMOVE;

  g_debug ("The network is another one");
  g_strfreev (self->before);
  self->before = g_steal_pointer (&now);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
on_network_changed (AhoyNetwork *self)
{
  if (!self->settle_id)
    self->settle_id = g_timeout_add (SETTLE_MS, on_settled, self);
}

/* Said before it falls asleep, and again when it is awake. */
static void
on_prepare_for_sleep (GDBusConnection *bus,
                      const char      *sender,
                      const char      *path,
                      const char      *interface,
                      const char      *name,
                      GVariant        *parameters,
                      gpointer         user_data)
{
  g_autoptr (AhoyNetwork) self = g_weak_ref_get (user_data);
  gboolean begins = TRUE;

  if (!self || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &begins);
  if (begins)
    return;

  g_debug ("This machine has slept");
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GWeakRef *
weak_ref_new (gpointer object)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, object);
  return weak;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
on_bus (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (AhoyNetwork) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_bus_get_finish (result, &error);

  weak_ref_free (user_data);
  if (!bus)
    g_debug ("No bus of the system, so nobody says when this machine sleeps: %s", error->message);
  else if (!self)
    g_object_unref (bus);
  if (!bus || !self)
    return;

  /* The bus may be started anew, and that ends no program. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  self->bus = bus;
  self->sleep_id = g_dbus_connection_signal_subscribe (bus, "org.freedesktop.login1",
                                                       "org.freedesktop.login1.Manager", "PrepareForSleep",
                                                       "/org/freedesktop/login1", NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                       on_prepare_for_sleep, weak_ref_new (self), weak_ref_free);
}

static void
ahoy_network_dispose (GObject *object)
{
  AhoyNetwork *self = AHOY_NETWORK (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->monitor)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  if (self->sleep_id)
    g_dbus_connection_signal_unsubscribe (self->bus, self->sleep_id);
  self->sleep_id = 0;
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (ahoy_network_parent_class)->dispose (object);
}

static void
ahoy_network_finalize (GObject *object)
{
  g_strfreev (AHOY_NETWORK (object)->before);

  G_OBJECT_CLASS (ahoy_network_parent_class)->finalize (object);
}

static void
ahoy_network_class_init (AhoyNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ahoy_network_dispose;
  object_class->finalize = ahoy_network_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ahoy_network_init (AhoyNetwork *self)
{
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  self->before = look (self);
  g_signal_connect_swapped (self->monitor, "network-changed", G_CALLBACK (on_network_changed), self);
  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, on_bus, weak_ref_new (self));
}

AhoyNetwork *
ahoy_network_new (void)
{
  return g_object_new (AHOY_TYPE_NETWORK, NULL);
}

gboolean
ahoy_network_has_address (GInetAddress *address)
{
  struct ifaddrs *list = NULL;
  gboolean found = FALSE;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

  /* What cannot be known is no reason to give anything up. */
  if (getifaddrs (&list) != 0)
    return TRUE;
  for (struct ifaddrs *item = list; item && !found; item = item->ifa_next)
    {
      g_autoptr (GInetAddress) own = to_address (item->ifa_addr);

      found = own && (item->ifa_flags & IFF_UP) && g_inet_address_equal (own, address);
    }
  freeifaddrs (list);
  return found;
}
