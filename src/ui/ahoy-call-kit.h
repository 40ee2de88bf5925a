/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AhoyIncomingStyle:
 * @AHOY_INCOMING_STYLE_WINDOW: a window with the card
 * @AHOY_INCOMING_STYLE_NONE: the application shows incoming calls itself
 */
typedef enum
{
  AHOY_INCOMING_STYLE_WINDOW,
  AHOY_INCOMING_STYLE_NONE,
} AhoyIncomingStyle;

#define AHOY_TYPE_INCOMING_STYLE (ahoy_incoming_style_get_type ())
GType       ahoy_incoming_style_get_type     (void);

#define AHOY_TYPE_CALL_KIT (ahoy_call_kit_get_type ())
G_DECLARE_FINAL_TYPE (AhoyCallKit, ahoy_call_kit, AHOY, CALL_KIT, GObject)

/* The all-in-one face: give it an engine, it shows windows and makes the sounds. Calls placed by anybody through
 * the engine (D-Bus as well) get their window.
 * Properties: "engine" (construct only), "application" (GtkApplication, nullable, construct only), "mute-mode"
 * (gboolean: incoming calls do not ring), "incoming-style" (AhoyIncomingStyle), "call-sounds" (gboolean, TRUE:
 * connected, ended, lost).
 * Signals: "incoming" (AhoyCall): post the notification; "incoming-over" (AhoyCall, gboolean missed): withdraw
 * it; "problem" (GError): a request of a person failed, to be told where they look. */
AhoyCallKit *ahoy_call_kit_new               (AhoyEngine     *engine,
                                              GtkApplication *application);
AhoyEngine  *ahoy_call_kit_get_engine        (AhoyCallKit    *self);
gboolean     ahoy_call_kit_get_mute_mode     (AhoyCallKit    *self);
void         ahoy_call_kit_set_mute_mode     (AhoyCallKit    *self,
                                              gboolean        mute_mode);
AhoyIncomingStyle ahoy_call_kit_get_incoming_style (AhoyCallKit       *self);
void              ahoy_call_kit_set_incoming_style (AhoyCallKit       *self,
                                                    AhoyIncomingStyle  style);
/* TRUE when that call rings here; what follows comes by the call itself. */
gboolean     ahoy_call_kit_answer            (AhoyCallKit    *self,
                                              const char     *call_id,
                                              gboolean        with_camera);
gboolean     ahoy_call_kit_decline           (AhoyCallKit    *self,
                                              const char     *call_id);
void         ahoy_call_kit_silence           (AhoyCallKit    *self,
                                              const char     *call_id);
/* Brings the window of that call to the front, made anew if it was closed; NULL: of the current call. */
gboolean     ahoy_call_kit_present           (AhoyCallKit    *self,
                                              const char     *call_id);
/* (transfer none) (nullable): the window of the call, be it incoming or running */
GtkWindow   *ahoy_call_kit_get_window        (AhoyCallKit    *self,
                                              AhoyCall       *call);

G_END_DECLS
