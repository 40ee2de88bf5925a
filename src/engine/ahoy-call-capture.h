/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-media.h"
#include "ahoy-session.h"

G_BEGIN_DECLS

#define AHOY_TYPE_CALL_CAPTURE (ahoy_call_capture_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCallCapture, ahoy_call_capture, AHOY, CALL_CAPTURE, GObject)

/* Microphone and camera of one call: open while it needs them, and told to the others when they go on and off.
 * Signal: "changed" (). */
AhoyCallCapture *ahoy_call_capture_new               (AhoyMedia       *media,
                                                      gboolean         echo); /* opens no device */
void             ahoy_call_capture_start             (AhoyCallCapture *self,
                                                      gboolean         with_camera);
void             ahoy_call_capture_stop              (AhoyCallCapture *self);
gboolean         ahoy_call_capture_get_microphone_on (AhoyCallCapture *self);
void             ahoy_call_capture_set_microphone_on (AhoyCallCapture *self,
                                                      gboolean         on);
gboolean         ahoy_call_capture_get_camera_on     (AhoyCallCapture *self);
void             ahoy_call_capture_set_camera_on     (AhoyCallCapture *self,
                                                      gboolean         on);
/* Sends "call.media" when it differs from what was sent last. */
void             ahoy_call_capture_tell              (AhoyCallCapture *self,
                                                      AhoySession     *session,
                                                      const char      *call_id);

G_END_DECLS
