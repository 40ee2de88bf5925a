/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-guard.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

/* Who has more addresses than this to guess from cannot be held off by their count. */
#define MAX_KNOWN 20000

struct _AhoyGuard
{
  AhoyThrottleLimits limits;
  GHashTable *sources; /* address -> AhoyThrottle (owned) */
  GHashTable *users;   /* uid -> AhoyThrottle (owned) */
};

AhoyGuard *
ahoy_guard_new (const AhoyThrottleLimits *limits)
{
  AhoyGuard *self = g_new0 (AhoyGuard, 1);

  self->limits = *limits;
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
ahoy_guard_free (AhoyGuard *self)
{
  g_hash_table_unref (self->sources);
  g_hash_table_unref (self->users);
  g_free (self);
}

char *
ahoy_guard_make_source (int fd)
{
  struct sockaddr_storage address = { 0 };
  socklen_t length = sizeof address;
  char text[INET6_ADDRSTRLEN] = "";

  if (getpeername (fd, (struct sockaddr *) &address, &length) != 0)
    return g_strdup ("");

  if (address.ss_family == AF_INET)
    {
      inet_ntop (AF_INET, &((struct sockaddr_in *) &address)->sin_addr, text, sizeof text);
    }
  else if (address.ss_family == AF_INET6)
    {
      struct in6_addr *host = &((struct sockaddr_in6 *) &address)->sin6_addr;

      /* IPv4 in IPv6 has the host in its last bytes. */
      if (!IN6_IS_ADDR_V4MAPPED (host))
        memset (host->s6_addr + 8, 0, 8);
      inet_ntop (AF_INET6, host, text, sizeof text);
    }

  return g_strdup (text);
}

gboolean
ahoy_guard_is_source_blocked (AhoyGuard  *self,
                              const char *source)
{
  AhoyThrottle *throttle = g_hash_table_lookup (self->sources, source);

  return throttle && ahoy_throttle_fill (throttle, &self->limits, g_get_monotonic_time ()) < 1;
}

static gboolean
take (AhoyGuard  *self,
      GHashTable *table,
      const char *key)
{
  gint64 now_us = g_get_monotonic_time ();
  AhoyThrottle *throttle = g_hash_table_lookup (table, key);

  if (!throttle)
    {
      if (g_hash_table_size (table) >= MAX_KNOWN)
        g_hash_table_remove_all (table);
      throttle = g_new0 (AhoyThrottle, 1);
      ahoy_throttle_init (throttle, &self->limits, now_us);
      g_hash_table_insert (table, g_strdup (key), throttle);
    }

  return ahoy_throttle_take (throttle, &self->limits, now_us);
}

gboolean
ahoy_guard_note_failure (AhoyGuard  *self,
                         const char *source,
                         const char *uid)
{
  take (self, self->sources, source);

  return !take (self, self->users, uid);
}

static void
trim (AhoyGuard  *self,
      GHashTable *table)
{
  gint64 now_us = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer throttle;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &throttle))
    {
      if (ahoy_throttle_fill (throttle, &self->limits, now_us) >= self->limits.burst)
        g_hash_table_iter_remove (&iter);
    }
}

void
ahoy_guard_trim (AhoyGuard *self)
{
  trim (self, self->sources);
  trim (self, self->users);
}
