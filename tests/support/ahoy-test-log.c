/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-test-log.h"

#include <string.h>

/* Words of GStreamer 1.22 that the number of connections that start and end at once makes likely, and that harm none:
 *  - While rtpsession makes a report it lets go of its lock to ask for a clock rate. When a stream begins in that
 *    moment it notices that its list has changed, says so and leaves the rest of the report out.
 *  - When OpenSSL takes a record it had kept before the datagram that has just come, dtlsdec finds that datagram not
 *    read when the next comes, says so and drops it; DTLS sends it again.
 *  - When the very first packet of a connection comes while it is closed, srtpdec has lost the events of its pads
 *    before its stream has stopped; it makes one of nothing, which fails in three steps, or pushes the packet without
 *    one, which says that data flow before an event. Either way the packet is dropped. */
static const char *const words[] = {
  "g_hash_table_foreach: assertion 'version == hash_table->version' failed",
  "runtime check failed: (!priv->bio_buffer)",
};
static const char *const steps[] = {
  "gst_pad_create_stream_id_internal: assertion 'parent->numsinkpads <= 1' failed",
  "gst_event_new_stream_start: assertion 'stream_id != NULL' failed",
  "gst_pad_push_event: assertion 'GST_IS_EVENT (event)' failed",
};

/* Of this thread: the step that may come next, and whether the last word was forgiven. */
static __thread guint next_step = G_N_ELEMENTS (steps);
static __thread gboolean is_forgiven;

static gboolean
forgive (const char *message)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (message, words[i]))
        return TRUE;
    }
  if (strstr (message, "<srtpdec") && strstr (message, "Got data flow before"))
    return TRUE;

  /* The later steps say little by themselves: they are forgiven after the first alone. */
  if (strstr (message, steps[0]))
    next_step = 0;
  if (next_step >= G_N_ELEMENTS (steps) || !strstr (message, steps[next_step]))
    {
      next_step = G_N_ELEMENTS (steps);
      return FALSE;
    }
  next_step++;
  return TRUE;
}

/* Comes first of the two, in the same thread. */
static void
on_log (const char     *domain,
        GLogLevelFlags  level,
        const char     *message,
        gpointer        data)
{
  is_forgiven = (level & G_LOG_LEVEL_MASK) <= G_LOG_LEVEL_WARNING && forgive (message);
  if (is_forgiven)
    g_test_message ("Forgiven: %s", message);
  else
    g_log_default_handler (domain, level, message, data);
}

static gboolean
is_fatal (const char     *domain,
          GLogLevelFlags  level,
          const char     *message,
          gpointer        data)
{
  return !is_forgiven;
}

void
ahoy_test_forgive_gstreamer (void)
{
  g_test_log_set_fatal_handler (is_fatal, NULL);
  g_log_set_default_handler (on_log, NULL);
}
