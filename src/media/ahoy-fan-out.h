/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* The way of encoded sound or picture into one peer: a source element and its gate. Any thread. */
typedef struct _AhoyOutlet AhoyOutlet;

AhoyOutlet *ahoy_outlet_new            (GstElement *appsrc,
                                        gboolean    is_video);
AhoyOutlet *ahoy_outlet_ref            (AhoyOutlet *self);
void        ahoy_outlet_unref          (AhoyOutlet *self);
/* Opening holds pictures back until the next key frame. */
void        ahoy_outlet_set_open       (AhoyOutlet *self,
                                        gboolean    open);
gboolean    ahoy_outlet_is_open        (AhoyOutlet *self);
guint64     ahoy_outlet_get_count      (AhoyOutlet *self);
/* @buffer gets the present running time when @restamp. FALSE: nothing can pass before a key frame comes. */
gboolean    ahoy_outlet_push_streaming (AhoyOutlet *self,
                                        GstBuffer  *buffer,
                                        gboolean    restamp);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyOutlet, ahoy_outlet_unref)

/* One encoding, many outlets. Any thread. */
typedef struct _AhoyFanOut AhoyFanOut;

AhoyFanOut *ahoy_fan_out_new            (void);
AhoyFanOut *ahoy_fan_out_ref            (AhoyFanOut *self);
void        ahoy_fan_out_unref          (AhoyFanOut *self);
void        ahoy_fan_out_add            (AhoyFanOut *self,
                                         AhoyOutlet *outlet);
void        ahoy_fan_out_remove         (AhoyFanOut *self,
                                         AhoyOutlet *outlet);
/* How many outlets are open. */
guint       ahoy_fan_out_count_open     (AhoyFanOut *self);
/* FALSE: an outlet waits for a key frame. */
gboolean    ahoy_fan_out_push_streaming (AhoyFanOut *self,
                                         GstBuffer  *buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyFanOut, ahoy_fan_out_unref)

G_END_DECLS
