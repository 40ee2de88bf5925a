/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-video-mailbox.h"

#include "ahoy-video-track-private.h"

/* So long after the last watcher has left pictures are still wanted. */
#define GRACE_US (3 * G_USEC_PER_SEC)

struct _AhoyVideoMailbox
{
  GMutex mutex;
  GWeakRef track;             /* AhoyVideoTrack */
  AhoyVideoFrame *frame;      /* (owned) (nullable) (mutex mutex) */
  AhoyVideoMailboxInfo info;  /* (mutex mutex) */
  gint64 wanted_until_us;     /* (mutex mutex), while nobody watches */
  gboolean is_posted;         /* (mutex mutex) */
  gboolean is_shut;           /* (mutex mutex) */
  int watched;                /* atomic */
  int format;                 /* atomic, AhoyPixelFormat */
};

AhoyVideoMailbox *
ahoy_video_mailbox_new (AhoyVideoTrack *track)
{
  AhoyVideoMailbox *self = g_atomic_rc_box_new0 (AhoyVideoMailbox);

  g_mutex_init (&self->mutex);
  g_weak_ref_init (&self->track, track);

  return self;
}

AhoyVideoMailbox *
ahoy_video_mailbox_ref (AhoyVideoMailbox *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
video_mailbox_free (gpointer data)
{
  AhoyVideoMailbox *self = data;

  g_clear_pointer (&self->frame, ahoy_video_frame_unref);
  g_weak_ref_clear (&self->track);
  g_mutex_clear (&self->mutex);
}

void
ahoy_video_mailbox_unref (AhoyVideoMailbox *self)
{
  g_atomic_rc_box_release_full (self, video_mailbox_free);
}

gboolean
ahoy_video_mailbox_is_watched (AhoyVideoMailbox *self)
{
  return g_atomic_int_get (&self->watched);
}

AhoyPixelFormat
ahoy_video_mailbox_get_format (AhoyVideoMailbox *self)
{
  return g_atomic_int_get (&self->format);
}

void
ahoy_video_mailbox_set_watch (AhoyVideoMailbox *self,
                              gboolean          watched,
                              AhoyPixelFormat   format)
{
  if (!watched)
    ahoy_video_mailbox_expect (self);
  g_atomic_int_set (&self->format, format);
  g_atomic_int_set (&self->watched, watched);
}

gboolean
ahoy_video_mailbox_is_wanted (AhoyVideoMailbox *self)
{
  gboolean wanted;

  if (ahoy_video_mailbox_is_watched (self))
    return TRUE;

  g_mutex_lock (&self->mutex);
  wanted = g_get_monotonic_time () < self->wanted_until_us;
  g_mutex_unlock (&self->mutex);

  return wanted;
}

void
ahoy_video_mailbox_expect (AhoyVideoMailbox *self)
{
  g_mutex_lock (&self->mutex);
  self->wanted_until_us = g_get_monotonic_time () + GRACE_US;
  g_mutex_unlock (&self->mutex);
}

static gboolean
deliver (gpointer data)
{
  AhoyVideoMailbox *self = data;
  g_autoptr (AhoyVideoTrack) track = g_weak_ref_get (&self->track);
  g_autoptr (AhoyVideoFrame) frame = NULL;
  gboolean is_shut;

  g_mutex_lock (&self->mutex);
  is_shut = self->is_shut;
  frame = g_steal_pointer (&self->frame);
  self->is_posted = FALSE;
  g_mutex_unlock (&self->mutex);

  if (track && !is_shut)
    ahoy_video_track_deliver (track, frame);

  return G_SOURCE_REMOVE;
}

/* The default priority: at idle priority pictures starve under load. */
static void
post_locked (AhoyVideoMailbox *self)
{
  if (self->is_posted)
    return;

  self->is_posted = TRUE;
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver, ahoy_video_mailbox_ref (self),
                   (GDestroyNotify) ahoy_video_mailbox_unref);
}

void
ahoy_video_mailbox_note_streaming (AhoyVideoMailbox *self,
                                   int               width,
                                   int               height)
{
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&self->mutex);
  if (self->is_shut)
    {
      g_mutex_unlock (&self->mutex);
      return;
    }
  /* The track is woken for the first picture after a pause or a change of size; else it reads the
   * counters when it likes. */
  if (self->info.last_us == 0 || now - self->info.last_us > G_USEC_PER_SEC / 2 ||
      width != self->info.width || height != self->info.height)
    post_locked (self);
  self->info.count++;
  self->info.last_us = now;
  self->info.width = width;
  self->info.height = height;
  g_mutex_unlock (&self->mutex);
}

void
ahoy_video_mailbox_put_streaming (AhoyVideoMailbox *self,
                                  AhoyVideoFrame   *frame)
{
  AhoyVideoFrame *replaced;

  g_mutex_lock (&self->mutex);
  replaced = g_steal_pointer (&self->frame);
  if (!self->is_shut)
    {
      self->frame = ahoy_video_frame_ref (frame);
      post_locked (self);
    }
  g_mutex_unlock (&self->mutex);

  g_clear_pointer (&replaced, ahoy_video_frame_unref);
}

void
ahoy_video_mailbox_shut (AhoyVideoMailbox *self)
{
  g_autoptr (AhoyVideoFrame) frame = NULL;

  g_mutex_lock (&self->mutex);
  self->is_shut = TRUE;
  frame = g_steal_pointer (&self->frame);
  g_mutex_unlock (&self->mutex);
}

void
ahoy_video_mailbox_get_info (AhoyVideoMailbox     *self,
                             AhoyVideoMailboxInfo *info)
{
  g_mutex_lock (&self->mutex);
  *info = self->info;
  g_mutex_unlock (&self->mutex);
}
