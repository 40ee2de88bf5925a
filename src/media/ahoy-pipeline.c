/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-pipeline.h"

#include <gio/gio.h>

struct _AhoyPipeline
{
  GObject parent_instance;

  GstElement *pipeline;      /* (owned) */
  AhoyPipelineFailed failed;
  gpointer owner;            /* (unowned), valid until stopped */
  guint watch_id;
  gboolean is_starting;      /* a thread is busy with it */
  gboolean is_stopped;
  gboolean has_failed;       /* told once */
};

G_DEFINE_FINAL_TYPE (AhoyPipeline, ahoy_pipeline, G_TYPE_OBJECT)

static GstClock *
shared_clock (GstClockTime *base_time)
{
  static gsize initialized;
  static GstClock *clock;
  static GstClockTime base;

  if (g_once_init_enter (&initialized))
    {
      clock = gst_system_clock_obtain ();
      base = gst_clock_get_time (clock);
      g_once_init_leave (&initialized, 1);
    }

  if (base_time)
    *base_time = base;

  return clock;
}

GstClockTime
ahoy_pipeline_running_time (void)
{
  GstClockTime base;
  GstClock *clock = shared_clock (&base);

  return gst_clock_get_time (clock) - base;
}

static void
fail (AhoyPipeline *self,
      GstElement   *source,
      const GError *error)
{
  g_autoptr (AhoyPipeline) alive = g_object_ref (self);

  if (self->has_failed || self->is_stopped)
    return;

  self->has_failed = TRUE;
  if (alive->failed)
    alive->failed (self, source, error, self->owner);
}

static gboolean
on_bus_message (GstBus     *bus,
                GstMessage *message,
                gpointer    data)
{
  AhoyPipeline *self = data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY)
    {
      gst_bin_recalculate_latency (GST_BIN (self->pipeline));
    }
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *debug = NULL;
      GstElement *source = GST_IS_ELEMENT (GST_MESSAGE_SRC (message)) ? GST_ELEMENT (GST_MESSAGE_SRC (message)) : NULL;

      gst_message_parse_error (message, &error, &debug);
      g_debug ("%s: %s: %s (%s)", GST_OBJECT_NAME (self->pipeline), GST_MESSAGE_SRC_NAME (message), error->message, debug);
      fail (self, source, error);
    }

  return G_SOURCE_CONTINUE;
}

static void
take_pipeline (AhoyPipeline *self,
               GstElement   *pipeline)
{
  g_autoptr (GstBus) bus = NULL;
  GstClockTime base_time;
  GstClock *clock = shared_clock (&base_time);

  self->pipeline = gst_object_ref_sink (pipeline);
  gst_pipeline_use_clock (GST_PIPELINE (pipeline), clock);
  gst_element_set_start_time (pipeline, GST_CLOCK_TIME_NONE);
  gst_element_set_base_time (pipeline, base_time);
  bus = gst_element_get_bus (pipeline);
  self->watch_id = gst_bus_add_watch (bus, on_bus_message, self);
}

static void
ahoy_pipeline_dispose (GObject *object)
{
  AhoyPipeline *self = AHOY_PIPELINE (object);

  if (self->pipeline)
    {
      ahoy_pipeline_stop (self);
      gst_clear_object (&self->pipeline);
    }

  G_OBJECT_CLASS (ahoy_pipeline_parent_class)->dispose (object);
}

static void
ahoy_pipeline_class_init (AhoyPipelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ahoy_pipeline_dispose;
}

static void
ahoy_pipeline_init (AhoyPipeline *self)
{
}

AhoyPipeline *
ahoy_pipeline_new (const char         *name,
                   AhoyPipelineFailed  failed,
                   gpointer            owner)
{
  AhoyPipeline *self = g_object_new (AHOY_TYPE_PIPELINE, NULL);

  self->failed = failed;
  self->owner = owner;
  take_pipeline (self, gst_pipeline_new (name));

  return self;
}

AhoyPipeline *
ahoy_pipeline_parse (const char          *name,
                     const char          *description,
                     AhoyPipelineFailed   failed,
                     gpointer             owner,
                     GError             **error)
{
  GstElement *pipeline;
  AhoyPipeline *self;

  pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (pipeline == NULL)
    return NULL;

  if (!GST_IS_PIPELINE (pipeline))
    {
      gst_object_unref (gst_object_ref_sink (pipeline));
      g_set_error_literal (error, GST_PARSE_ERROR, GST_PARSE_ERROR_EMPTY, "A description of one element is no pipeline");
      return NULL;
    }

  gst_object_set_name (GST_OBJECT (pipeline), name);
  self = g_object_new (AHOY_TYPE_PIPELINE, NULL);
  self->failed = failed;
  self->owner = owner;
  take_pipeline (self, pipeline);

  return self;
}

GstBin *
ahoy_pipeline_get_bin (AhoyPipeline *self)
{
  return GST_BIN (self->pipeline);
}

GstElement *
ahoy_pipeline_get_element (AhoyPipeline *self,
                           const char   *name)
{
  return gst_bin_get_by_name (GST_BIN (self->pipeline), name);
}

static void
fail_to_start (AhoyPipeline *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) error = NULL;

  if (message)
    {
      on_bus_message (bus, message, self);
      return;
    }

  error = g_error_new_literal (GST_CORE_ERROR, GST_CORE_ERROR_STATE_CHANGE, "The pipeline does not start");
  fail (self, NULL, error);
}

static void
start_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  g_task_return_boolean (task, gst_element_set_state (task_data, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE);
}

static void
on_started (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  AhoyPipeline *self = AHOY_PIPELINE (source);
  gboolean started = g_task_propagate_boolean (G_TASK (result), NULL);

  self->is_starting = FALSE;
  if (self->is_stopped)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  else if (!started)
    fail_to_start (self);
}

void
ahoy_pipeline_start (AhoyPipeline *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_started, NULL);

  g_return_if_fail (!self->is_starting && !self->is_stopped);

  self->is_starting = TRUE;
  g_task_set_source_tag (task, ahoy_pipeline_start);
  g_task_set_task_data (task, gst_object_ref (self->pipeline), gst_object_unref);
  g_task_run_in_thread (task, start_in_thread);
}

gboolean
ahoy_pipeline_start_now (AhoyPipeline *self)
{
  return gst_element_set_state (self->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE;
}

static void
leave (AhoyPipeline *self)
{
  self->is_stopped = TRUE;
  self->failed = NULL;
  self->owner = NULL;
  g_clear_handle_id (&self->watch_id, g_source_remove);
}

GstElement *
ahoy_pipeline_steal (AhoyPipeline *self)
{
  g_return_val_if_fail (!self->is_starting && !self->is_stopped, NULL);

  leave (self);

  return g_steal_pointer (&self->pipeline);
}

void
ahoy_pipeline_stop (AhoyPipeline *self)
{
  if (self->is_stopped)
    return;

  leave (self);
  /* While a thread starts it, the state lock may be held for long: then on_started () stops it. */
  if (!self->is_starting)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
}
