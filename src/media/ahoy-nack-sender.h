/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Sends requests for lost packets at once, where the session of GStreamer would make them wait for its next
 * slot (RFC 5506 allows a lone feedback packet), and an empty receiver report twice a second, so that the far
 * end sees that we are there even while no media flows. Any thread. */
typedef struct _AhoyNackSender AhoyNackSender;

AhoyNackSender *ahoy_nack_sender_new               (void);
AhoyNackSender *ahoy_nack_sender_ref               (AhoyNackSender *self);
void            ahoy_nack_sender_unref             (AhoyNackSender *self);
/* @pad: where RTCP leaves the session */
void            ahoy_nack_sender_start             (AhoyNackSender *self,
                                                    GstPad         *pad,
                                                    guint32         own_ssrc);
void            ahoy_nack_sender_quit              (AhoyNackSender *self);
/* After quit, when nothing can block a push any more. */
void            ahoy_nack_sender_join              (AhoyNackSender *self);
/* How often each request is sent: more when more is lost. */
void            ahoy_nack_sender_set_copies        (AhoyNackSender *self,
                                                    guint           copies);
/* Lost when it does not run yet: the jitter buffer asks again. */
void            ahoy_nack_sender_request_streaming (AhoyNackSender *self,
                                                    guint32         ssrc,
                                                    guint16         seqnum);
guint           ahoy_nack_sender_get_count         (AhoyNackSender *self);

/* Writes one generic NACK (RFC 4585) for the numbers, which must be in ascending order, and returns how
 * many of them it holds. */
guint           ahoy_nack_write                    (GByteArray     *packet,
                                                    guint32         own_ssrc,
                                                    guint32         media_ssrc,
                                                    const guint16  *seqnums,
                                                    guint           n_seqnums);

G_END_DECLS
