/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-nack-sender.h"

#define KEEP_ALIVE_US (500 * G_TIME_SPAN_MILLISECOND)
#define COLLECT_US (2 * G_TIME_SPAN_MILLISECOND)
#define COPY_INTERVAL_US (6 * G_TIME_SPAN_MILLISECOND)
#define MAX_REQUESTS 1000
#define MAX_ITEMS 100

typedef struct
{
  gint64 due_us;
  guint32 ssrc;
  guint16 seqnum;
  guint16 copies; /* still to be sent */
} Request;

struct _AhoyNackSender
{
  GMutex mutex;
  GCond cond;
  GThread *thread;   /* (owned) (nullable) */
  GstPad *pad;       /* (owned) (nullable), from start on */
  GArray *requests;  /* (owned) (mutex mutex) of Request */
  guint32 own_ssrc;
  guint copies;      /* (mutex mutex) */
  guint count;       /* (mutex mutex) requests, without copies */
  gboolean quit;     /* (mutex mutex) */
};

AhoyNackSender *
ahoy_nack_sender_new (void)
{
  AhoyNackSender *self = g_atomic_rc_box_new0 (AhoyNackSender);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->requests = g_array_new (FALSE, FALSE, sizeof (Request));
  self->copies = 1;

  return self;
}

AhoyNackSender *
ahoy_nack_sender_ref (AhoyNackSender *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
nack_sender_free (gpointer data)
{
  AhoyNackSender *self = data;

  gst_clear_object (&self->pad);
  g_array_unref (self->requests);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
}

void
ahoy_nack_sender_unref (AhoyNackSender *self)
{
  g_atomic_rc_box_release_full (self, nack_sender_free);
}

static void
append_u16 (GByteArray *packet,
            guint16     value)
{
  guint16 be = GUINT16_TO_BE (value);

  g_byte_array_append (packet, (const guint8 *) &be, sizeof be);
}

static void
append_u32 (GByteArray *packet,
            guint32     value)
{
  guint32 be = GUINT32_TO_BE (value);

  g_byte_array_append (packet, (const guint8 *) &be, sizeof be);
}

guint
ahoy_nack_write (GByteArray    *packet,
                 guint32        own_ssrc,
                 guint32        media_ssrc,
                 const guint16 *seqnums,
                 guint          n_seqnums)
{
  guint n_items = 0, used = 0;

  g_byte_array_set_size (packet, 0);
  append_u16 (packet, 0x81cd); /* version 2, format 1, type 205 */
  append_u16 (packet, 0);
  append_u32 (packet, own_ssrc);
  append_u32 (packet, media_ssrc);

  while (used < n_seqnums && n_items < MAX_ITEMS)
    {
      guint16 first = seqnums[used++];
      guint16 mask = 0;

      while (used < n_seqnums && (guint16) (seqnums[used] - first - 1) < 16)
        mask |= 1 << (guint16) (seqnums[used++] - first - 1);
      append_u16 (packet, first);
      append_u16 (packet, mask);
      n_items++;
    }

  packet->data[2] = (packet->len / 4 - 1) >> 8;
  packet->data[3] = (packet->len / 4 - 1) & 0xff;

  return used;
}

/* The session sends these events before its own first packet; ours may come earlier. */
static void
ensure_events (AhoyNackSender *self)
{
  g_autoptr (GstEvent) segment_event = gst_pad_get_sticky_event (self->pad, GST_EVENT_SEGMENT, 0);
  g_autoptr (GstCaps) caps = NULL;
  g_autofree char *id = NULL;
  GstSegment segment;

  if (segment_event)
    return;

  id = g_strdup_printf ("ahoy-rtcp-%08x", g_random_int ());
  caps = gst_caps_new_empty_simple ("application/x-rtcp");
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (self->pad, gst_event_new_stream_start (id));
  gst_pad_push_event (self->pad, gst_event_new_caps (caps));
  gst_pad_push_event (self->pad, gst_event_new_segment (&segment));
}

static void
push (AhoyNackSender *self,
      GByteArray     *packet)
{
  ensure_events (self);
  gst_pad_push (self->pad, gst_buffer_new_memdup (packet->data, packet->len));
}

static void
push_keep_alive (AhoyNackSender *self,
                 GByteArray     *packet)
{
  g_byte_array_set_size (packet, 0);
  append_u32 (packet, 0x80c90001); /* a receiver report without blocks */
  append_u32 (packet, self->own_ssrc);
  push (self, packet);
}

static int
compare_requests (gconstpointer a,
                  gconstpointer b)
{
  const Request *left = a, *right = b;

  if (left->ssrc != right->ssrc)
    return left->ssrc < right->ssrc ? -1 : 1;

  return (gint16) (left->seqnum - right->seqnum);
}

/* Takes the requests whose time has come; those with copies left stay for the next. */
static GArray *
take_due_locked (AhoyNackSender *self,
                 gint64          now)
{
  GArray *due = g_array_new (FALSE, FALSE, sizeof (Request));

  for (guint i = self->requests->len; i > 0; i--)
    {
      Request *request = &g_array_index (self->requests, Request, i - 1);

      if (request->due_us > now)
        continue;
      g_array_append_val (due, *request);
      request->due_us = now + COPY_INTERVAL_US;
      if (--request->copies == 0)
        g_array_remove_index_fast (self->requests, i - 1);
    }
  g_array_sort (due, compare_requests);

  return due;
}

static void
send_requests (AhoyNackSender *self,
               GArray         *due,
               GByteArray     *packet)
{
  g_autoptr (GArray) seqnums = g_array_new (FALSE, FALSE, sizeof (guint16));

  for (guint i = 0; i < due->len;)
    {
      guint32 ssrc = g_array_index (due, Request, i).ssrc;
      guint used = 0;

      g_array_set_size (seqnums, 0);
      for (; i < due->len && g_array_index (due, Request, i).ssrc == ssrc; i++)
        g_array_append_val (seqnums, g_array_index (due, Request, i).seqnum);

      while (used < seqnums->len)
        {
          used += ahoy_nack_write (packet, self->own_ssrc, ssrc, &g_array_index (seqnums, guint16, used),
                                   seqnums->len - used);
          push (self, packet);
        }
    }
}

static gint64
next_wake_up_locked (AhoyNackSender *self,
                     gint64          keep_alive_us)
{
  gint64 wake_up = keep_alive_us;

  for (guint i = 0; i < self->requests->len; i++)
    wake_up = MIN (wake_up, g_array_index (self->requests, Request, i).due_us);

  return wake_up;
}

static gpointer
sender_thread (gpointer data)
{
  AhoyNackSender *self = data;
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  gint64 keep_alive_us = g_get_monotonic_time ();

  g_mutex_lock (&self->mutex);
  while (!self->quit)
    {
      g_autoptr (GArray) due = NULL;
      gint64 wake_up = next_wake_up_locked (self, keep_alive_us);
      gint64 now = g_get_monotonic_time ();

      if (now < wake_up)
        {
          g_cond_wait_until (&self->cond, &self->mutex, wake_up);
          continue;
        }

      due = take_due_locked (self, now);
      g_mutex_unlock (&self->mutex);
      if (now >= keep_alive_us)
        {
          push_keep_alive (self, packet);
          keep_alive_us = now + KEEP_ALIVE_US;
        }
      send_requests (self, due, packet);
      g_mutex_lock (&self->mutex);
    }
  g_mutex_unlock (&self->mutex);

  ahoy_nack_sender_unref (self);

  return NULL;
}

void
ahoy_nack_sender_start (AhoyNackSender *self,
                        GstPad         *pad,
                        guint32         own_ssrc)
{
  g_return_if_fail (self->thread == NULL);

  self->pad = gst_object_ref (pad);
  self->own_ssrc = own_ssrc;
  self->thread = g_thread_new ("ahoy-nack", sender_thread, ahoy_nack_sender_ref (self));
}

void
ahoy_nack_sender_quit (AhoyNackSender *self)
{
  g_mutex_lock (&self->mutex);
  self->quit = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

void
ahoy_nack_sender_join (AhoyNackSender *self)
{
  g_clear_pointer (&self->thread, g_thread_join);
  gst_clear_object (&self->pad);
}

void
ahoy_nack_sender_set_copies (AhoyNackSender *self,
                             guint           copies)
{
  g_mutex_lock (&self->mutex);
  self->copies = copies;
  g_mutex_unlock (&self->mutex);
}

void
ahoy_nack_sender_request_streaming (AhoyNackSender *self,
                                    guint32         ssrc,
                                    guint16         seqnum)
{
  g_mutex_lock (&self->mutex);
  if (self->thread && !self->quit && self->requests->len < MAX_REQUESTS)
    {
      Request request = { g_get_monotonic_time () + COLLECT_US, ssrc, seqnum, self->copies };

      g_array_append_val (self->requests, request);
      self->count++;
      g_cond_signal (&self->cond);
    }
  g_mutex_unlock (&self->mutex);
}

guint
ahoy_nack_sender_get_count (AhoyNackSender *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->count;
  g_mutex_unlock (&self->mutex);

  return count;
}
