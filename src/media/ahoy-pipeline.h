/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define AHOY_TYPE_PIPELINE (ahoy_pipeline_get_type ())
G_DECLARE_FINAL_TYPE (AhoyPipeline, ahoy_pipeline, AHOY, PIPELINE, GObject)

/* @source: (nullable): the element that failed */
typedef void (*AhoyPipelineFailed) (AhoyPipeline *pipeline,
                                    GstElement   *source,
                                    const GError *error,
                                    gpointer      owner);

/* A GstPipeline on the clock and the base time that all pipelines of the process share: the echo canceller
 * matches what is played and what is heard by running time. */
AhoyPipeline *ahoy_pipeline_new         (const char         *name,
                                         AhoyPipelineFailed  failed,
                                         gpointer            owner);
/* From a description in the syntax of gst-launch; NULL and @error when a part is missing. */
AhoyPipeline *ahoy_pipeline_parse       (const char          *name,
                                         const char          *description,
                                         AhoyPipelineFailed   failed,
                                         gpointer             owner,
                                         GError             **error);
GstBin       *ahoy_pipeline_get_bin     (AhoyPipeline       *self);
/* (transfer full) */
GstElement   *ahoy_pipeline_get_element (AhoyPipeline       *self,
                                         const char         *name);
/* In a thread: opening a device or asking a sound server may take long. */
void          ahoy_pipeline_start       (AhoyPipeline       *self);
/* At once: nothing inside may block. */
gboolean      ahoy_pipeline_start_now   (AhoyPipeline       *self);
/* The owner hears nothing any more. */
void          ahoy_pipeline_stop        (AhoyPipeline       *self);

/* Nanoseconds since the common base time. */
GstClockTime  ahoy_pipeline_running_time (void);

/* (transfer full): the elements, which go on until the caller stops them; none is told any more of what fails. Only
 * of one that was begun with ahoy_pipeline_start_now (). */
GstElement   *ahoy_pipeline_steal        (AhoyPipeline *self);

G_END_DECLS
