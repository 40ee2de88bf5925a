/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-enums.h"

G_BEGIN_DECLS

typedef struct _AhoyCallOptions AhoyCallOptions;

#define AHOY_TYPE_CALL_OPTIONS (ahoy_call_options_get_type ())

GType            ahoy_call_options_get_type          (void);
AhoyCallOptions *ahoy_call_options_new               (void);
AhoyCallOptions *ahoy_call_options_copy              (const AhoyCallOptions *self);
void             ahoy_call_options_free              (AhoyCallOptions       *self);
void             ahoy_call_options_set_timeout       (AhoyCallOptions       *self,
                                                      guint                  seconds);
void             ahoy_call_options_set_user_data     (AhoyCallOptions       *self,
                                                      const char            *user_data);
void             ahoy_call_options_set_ephemeral     (AhoyCallOptions       *self,
                                                      gboolean               ephemeral);
void             ahoy_call_options_set_camera_on     (AhoyCallOptions       *self,
                                                      gboolean               on);
void             ahoy_call_options_set_group_id      (AhoyCallOptions       *self,
                                                      const char            *group_id);
void             ahoy_call_options_set_room          (AhoyCallOptions       *self,
                                                      const char            *room);
void             ahoy_call_options_set_room_number   (AhoyCallOptions       *self,
                                                      int                    room_number);
void             ahoy_call_options_set_record_policy (AhoyCallOptions       *self,
                                                      AhoyRecordPolicy       policy);
void             ahoy_call_options_set_push          (AhoyCallOptions       *self,
                                                      const char            *title,
                                                      const char            *text,
                                                      const char            *sound,
                                                      gboolean               is_off);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyCallOptions, ahoy_call_options_free)

G_END_DECLS
