/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "call-log.h"

#include "ahoy-test-wait.h"

struct _CallLog
{
  AhoyCall *call;
  GPtrArray *lines;    /* of char */
  GVariant *volumes;   /* (nullable) */
  GVariant *qualities; /* (nullable) */
  guint n_volumes;
  guint n_qualities;
};

static void
add (CallLog *self,
     char    *line)
{
  g_ptr_array_add (self->lines, line);
}

static void
on_begin (CallLog *self)
{
  add (self, g_strdup ("begin"));
}

static void
on_ended (CallLog *self)
{
  add (self, g_strdup ("ended"));
}

static void
on_not_connected (CallLog       *self,
                  AhoyEndReason  reason,
                  const char    *user_id)
{
  add (self, g_strdup_printf ("not-connected %d %s", reason, user_id));
}

static void
on_media_changed (CallLog       *self,
                  AhoyCallMedia  before,
                  AhoyCallMedia  after)
{
  add (self, g_strdup_printf ("media-changed %d %d", before, after));
}

static void
on_user_rejected (CallLog    *self,
                  const char *user_id)
{
  add (self, g_strdup_printf ("user-rejected %s", user_id));
}

static void
on_user_no_response (CallLog    *self,
                     const char *user_id)
{
  add (self, g_strdup_printf ("user-no-response %s", user_id));
}

static void
on_user_busy (CallLog    *self,
              const char *user_id)
{
  add (self, g_strdup_printf ("user-busy %s", user_id));
}

static void
on_user_inviting (CallLog    *self,
                  const char *user_id)
{
  add (self, g_strdup_printf ("user-inviting %s", user_id));
}

static void
on_user_joined (CallLog    *self,
                const char *user_id)
{
  add (self, g_strdup_printf ("user-joined %s", user_id));
}

static void
on_user_left (CallLog    *self,
              const char *user_id)
{
  add (self, g_strdup_printf ("user-left %s", user_id));
}

static void
on_user_video (CallLog    *self,
               const char *user_id,
               gboolean    available)
{
  add (self, g_strdup_printf ("video %s %d", user_id, available));
}

static void
on_user_audio (CallLog    *self,
               const char *user_id,
               gboolean    available)
{
  add (self, g_strdup_printf ("audio %s %d", user_id, available));
}

static void
on_volumes (CallLog  *self,
            GVariant *volumes)
{
  g_clear_pointer (&self->volumes, g_variant_unref);
  self->volumes = g_variant_ref (volumes);
  self->n_volumes++;
}

static void
on_qualities (CallLog  *self,
              GVariant *qualities)
{
  g_clear_pointer (&self->qualities, g_variant_unref);
  self->qualities = g_variant_ref (qualities);
  self->n_qualities++;
}

CallLog *
call_log_new (AhoyCall *call)
{
  static const struct
  {
    const char *signal;
    GCallback callback;
  } rows[] = {
    { "begin", G_CALLBACK (on_begin) },
    { "not-connected", G_CALLBACK (on_not_connected) },
    { "user-rejected", G_CALLBACK (on_user_rejected) },
    { "user-no-response", G_CALLBACK (on_user_no_response) },
    { "user-busy", G_CALLBACK (on_user_busy) },
    { "user-inviting", G_CALLBACK (on_user_inviting) },
    { "user-joined", G_CALLBACK (on_user_joined) },
    { "user-left", G_CALLBACK (on_user_left) },
    { "user-video-available", G_CALLBACK (on_user_video) },
    { "user-audio-available", G_CALLBACK (on_user_audio) },
    { "media-changed", G_CALLBACK (on_media_changed) },
    { "ended", G_CALLBACK (on_ended) },
    { "volumes", G_CALLBACK (on_volumes) },
    { "network-qualities", G_CALLBACK (on_qualities) },
  };
  CallLog *self = g_new0 (CallLog, 1);

  self->call = g_object_ref (call);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_signal_connect_swapped (call, rows[i].signal, rows[i].callback, self);
  return self;
}

void
call_log_free (CallLog *self)
{
  if (!self)
    return;

  g_signal_handlers_disconnect_by_data (self->call, self);
  g_object_unref (self->call);
  g_ptr_array_unref (self->lines);
  g_clear_pointer (&self->volumes, g_variant_unref);
  g_clear_pointer (&self->qualities, g_variant_unref);
  g_free (self);
}

char *
call_log_dup_text (CallLog *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    g_string_append_printf (text, "%s%s", i ? ", " : "", (const char *) g_ptr_array_index (self->lines, i));
  return g_strdup (text->str);
}

void
call_log_assert (CallLog    *self,
                 const char *expected)
{
  g_autofree char *text = call_log_dup_text (self);

  g_assert_cmpstr (text, ==, expected);
}

gboolean
call_log_has (CallLog    *self,
              const char *line)
{
  return g_ptr_array_find_with_equal_func (self->lines, line, g_str_equal, NULL);
}

typedef struct
{
  CallLog *log;
  const char *line;
} Awaited;

static gboolean
is_there (gpointer data)
{
  Awaited *awaited = data;

  return call_log_has (awaited->log, awaited->line);
}

void
call_log_await (CallLog    *self,
                const char *line)
{
  Awaited awaited = { self, line };

  if (ahoy_test_wait_for (is_there, &awaited, 10000))
    return;

  g_error ("waited in vain for “%s”; there was: %s", line, call_log_dup_text (self));
}

void
call_log_clear (CallLog *self)
{
  g_ptr_array_set_size (self->lines, 0);
}

guint
call_log_count_volumes (CallLog *self)
{
  return self->n_volumes;
}

guint
call_log_count_qualities (CallLog *self)
{
  return self->n_qualities;
}

static int
look_up (GVariant   *levels,
         const char *user_id)
{
  int level = -1;

  if (levels)
    g_variant_lookup (levels, user_id, "i", &level);
  return level;
}

int
call_log_get_volume (CallLog    *self,
                     const char *user_id)
{
  return look_up (self->volumes, user_id);
}

int
call_log_get_quality (CallLog    *self,
                      const char *user_id)
{
  return look_up (self->qualities, user_id);
}
