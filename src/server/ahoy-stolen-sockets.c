/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-stolen-sockets.h"

/* Looks at a socket; TLS may take so long to say good-bye. */
#define MAX_LOOKS 10

typedef struct
{
  GSocket *socket; /* (owned) */
  guint looks;
} Stolen;

struct _AhoyStolenSockets
{
  GArray *sockets; /* of Stolen */
};

AhoyStolenSockets *
ahoy_stolen_sockets_new (void)
{
  AhoyStolenSockets *self = g_new0 (AhoyStolenSockets, 1);

  self->sockets = g_array_new (FALSE, FALSE, sizeof (Stolen));

  return self;
}

void
ahoy_stolen_sockets_free (AhoyStolenSockets *self)
{
  for (guint i = 0; i < self->sockets->len; i++)
    g_object_unref (g_array_index (self->sockets, Stolen, i).socket);
  g_array_unref (self->sockets);
  g_free (self);
}

void
ahoy_stolen_sockets_add (AhoyStolenSockets *self,
                         GSocket           *socket)
{
  Stolen stolen = { .socket = socket };

  g_array_append_val (self->sockets, stolen);
}

static guint
count_references (GSocket *socket)
{
  return (guint) g_atomic_int_get ((int *) &G_OBJECT (socket)->ref_count);
}

/* The stream and libsoup's connection drop theirs while the main loop runs; so not before the
 * second look. */
static gboolean
release (Stolen *stolen)
{
  guint n = count_references (stolen->socket);

  stolen->looks++;
  if (stolen->looks < 2 || (n > 2 && stolen->looks < MAX_LOOKS))
    return FALSE;

  if (n == 2 && g_socket_is_closed (stolen->socket))
    g_object_unref (stolen->socket);
  g_object_unref (stolen->socket);

  return TRUE;
}

void
ahoy_stolen_sockets_release (AhoyStolenSockets *self)
{
  for (guint i = self->sockets->len; i > 0; i--)
    {
      if (release (&g_array_index (self->sockets, Stolen, i - 1)))
        g_array_remove_index_fast (self->sockets, i - 1);
    }
}
