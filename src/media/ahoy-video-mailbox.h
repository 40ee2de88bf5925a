/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-video-track.h"

G_BEGIN_DECLS

/* What stands between the streaming threads that make pictures and the track on the main context: one
 * slot, the newest picture wins, at most one wake-up is under way. Reference counted, any thread. */
typedef struct _AhoyVideoMailbox AhoyVideoMailbox;

AhoyVideoMailbox *ahoy_video_mailbox_new            (AhoyVideoTrack   *track);
AhoyVideoMailbox *ahoy_video_mailbox_ref            (AhoyVideoMailbox *self);
void              ahoy_video_mailbox_unref          (AhoyVideoMailbox *self);
gboolean          ahoy_video_mailbox_is_watched     (AhoyVideoMailbox *self);
AhoyPixelFormat   ahoy_video_mailbox_get_format     (AhoyVideoMailbox *self);
void              ahoy_video_mailbox_set_watch      (AhoyVideoMailbox *self,
                                                     gboolean          watched,
                                                     AhoyPixelFormat   format);
/* Whether somebody watches, has just stopped or may begin at any moment: a decoder that was left out must wait for a
 * key frame, which is too long for a view that is moved from one window to another. */
gboolean          ahoy_video_mailbox_is_wanted      (AhoyVideoMailbox *self);
/* Pictures are about to be shown. */
void              ahoy_video_mailbox_expect         (AhoyVideoMailbox *self);
/* A picture exists, whether or not it will be converted. */
void              ahoy_video_mailbox_note_streaming (AhoyVideoMailbox *self,
                                                     int               width,
                                                     int               height);
void              ahoy_video_mailbox_put_streaming  (AhoyVideoMailbox *self,
                                                     AhoyVideoFrame   *frame);

typedef struct
{
  guint64 count;
  gint64 last_us; /* monotonic, of the last picture; 0 before the first */
  int width, height;
} AhoyVideoMailboxInfo;

void              ahoy_video_mailbox_get_info       (AhoyVideoMailbox     *self,
                                                     AhoyVideoMailboxInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyVideoMailbox, ahoy_video_mailbox_unref)

/* Nothing that is put in from now on comes out. */
void ahoy_video_mailbox_shut (AhoyVideoMailbox *self);

G_END_DECLS
