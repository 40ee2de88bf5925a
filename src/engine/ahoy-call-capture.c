/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-capture.h"

#include "ahoy-request.h"

struct _AhoyCallCapture
{
  GObject parent_instance;

  AhoyMedia *media;         /* (owned) (not nullable) until dispose */
  gboolean echo;
  gboolean is_started;
  gboolean microphone_on;
  gboolean camera_on;
  gboolean told;            /* once at least */
  gboolean told_microphone;
  gboolean told_camera;
};

G_DEFINE_FINAL_TYPE (AhoyCallCapture, ahoy_call_capture, G_TYPE_OBJECT)

static guint signal_changed;

/* A camera that cannot be opened, or that is pulled out, is off for the others as well. */
static void
on_media_changed (AhoyCallCapture *self)
{
  gboolean microphone_on = ahoy_media_get_microphone_on (self->media);
  gboolean camera_on = ahoy_media_get_camera_on (self->media);

  if (self->microphone_on == microphone_on && self->camera_on == camera_on)
    return;

  self->microphone_on = microphone_on;
  self->camera_on = camera_on;
  g_signal_emit (self, signal_changed, 0);
}

static void
ahoy_call_capture_dispose (GObject *object)
{
  AhoyCallCapture *self = AHOY_CALL_CAPTURE (object);

  if (self->media)
    ahoy_call_capture_stop (self);
  g_clear_object (&self->media);

  G_OBJECT_CLASS (ahoy_call_capture_parent_class)->dispose (object);
}

static void
ahoy_call_capture_class_init (AhoyCallCaptureClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ahoy_call_capture_dispose;
  signal_changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
ahoy_call_capture_init (AhoyCallCapture *self)
{
}

AhoyCallCapture *
ahoy_call_capture_new (AhoyMedia *media,
                       gboolean   echo)
{
  AhoyCallCapture *self = g_object_new (AHOY_TYPE_CALL_CAPTURE, NULL);

  self->media = g_object_ref (media);
  self->echo = echo;
  return self;
}

void
ahoy_call_capture_start (AhoyCallCapture *self,
                         gboolean         with_camera)
{
  g_return_if_fail (AHOY_IS_CALL_CAPTURE (self));

  if (self->is_started)
    return;

  self->is_started = TRUE;
  self->microphone_on = TRUE;
  self->camera_on = with_camera;
  if (!self->echo)
    {
      ahoy_media_start (self->media);
      ahoy_media_set_microphone_on (self->media, TRUE);
      ahoy_media_set_camera_on (self->media, with_camera);
      self->camera_on = ahoy_media_get_camera_on (self->media);
      g_signal_connect_swapped (self->media, "notify::camera-on", G_CALLBACK (on_media_changed), self);
      g_signal_connect_swapped (self->media, "notify::microphone-on", G_CALLBACK (on_media_changed), self);
    }
  g_signal_emit (self, signal_changed, 0);
}

void
ahoy_call_capture_stop (AhoyCallCapture *self)
{
  g_return_if_fail (AHOY_IS_CALL_CAPTURE (self));

  if (!self->is_started)
    return;

  self->is_started = FALSE;
  if (self->echo)
    return;

  g_signal_handlers_disconnect_by_data (self->media, self);
  ahoy_media_set_camera_on (self->media, FALSE);
  ahoy_media_stop (self->media);
}

gboolean
ahoy_call_capture_get_microphone_on (AhoyCallCapture *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_CAPTURE (self), FALSE);

  return self->microphone_on;
}

void
ahoy_call_capture_set_microphone_on (AhoyCallCapture *self,
                                     gboolean         on)
{
  g_return_if_fail (AHOY_IS_CALL_CAPTURE (self));

  if (self->microphone_on == !!on || !self->is_started)
    return;

  self->microphone_on = !!on;
  if (!self->echo)
    ahoy_media_set_microphone_on (self->media, on);
  g_signal_emit (self, signal_changed, 0);
}

gboolean
ahoy_call_capture_get_camera_on (AhoyCallCapture *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_CAPTURE (self), FALSE);

  return self->camera_on;
}

void
ahoy_call_capture_set_camera_on (AhoyCallCapture *self,
                                 gboolean         on)
{
  g_return_if_fail (AHOY_IS_CALL_CAPTURE (self));

  if (self->camera_on == !!on || !self->is_started)
    return;

  self->camera_on = !!on;
  if (!self->echo)
    ahoy_media_set_camera_on (self->media, on);
  g_signal_emit (self, signal_changed, 0);
}

void
ahoy_call_capture_tell (AhoyCallCapture *self,
                        AhoySession     *session,
                        const char      *call_id)
{
  g_autoptr (JsonObject) data = NULL;

  g_return_if_fail (AHOY_IS_CALL_CAPTURE (self));

  if (!self->is_started)
    return;
  if (self->told && self->told_microphone == self->microphone_on && self->told_camera == self->camera_on)
    return;

  self->told = TRUE;
  self->told_microphone = self->microphone_on;
  self->told_camera = self->camera_on;
  data = json_object_new ();
  json_object_set_string_member (data, "call", call_id);
  json_object_set_boolean_member (data, "microphone", self->microphone_on);
  json_object_set_boolean_member (data, "camera", self->camera_on);
  json_object_set_boolean_member (data, "screen", FALSE);
  ahoy_request_tell (session, "call.media", data);
}
