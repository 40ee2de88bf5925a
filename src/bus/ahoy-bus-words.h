/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-device.h"
#include "ahoy-enums.h"
#include "ahoy-video-settings.h"

G_BEGIN_DECLS

/* The words of the D-Bus interface for the engine's numbers. A number that has no word gives the first
 * one, so that a newer engine never breaks a reader. */
const char *ahoy_bus_word_for_engine_state  (AhoyEngineState        state);
const char *ahoy_bus_word_for_media         (AhoyCallMedia          media);
const char *ahoy_bus_word_for_role          (AhoyCallRole           role);
const char *ahoy_bus_word_for_scene         (AhoyCallScene          scene);
const char *ahoy_bus_word_for_call_state    (AhoyCallState          state);
const char *ahoy_bus_word_for_reason        (AhoyEndReason          reason);
const char *ahoy_bus_word_for_status        (AhoyParticipantStatus  status);
const char *ahoy_bus_word_for_presence      (AhoyPresence           presence);
const char *ahoy_bus_word_for_result        (AhoyCallResult         result);
const char *ahoy_bus_word_for_quality       (AhoyNetworkQuality     quality);
const char *ahoy_bus_word_for_record_policy (AhoyRecordPolicy       policy);
const char *ahoy_bus_word_for_fill_mode     (AhoyFillMode           fill_mode);
const char *ahoy_bus_word_for_resolution    (AhoyVideoResolution    resolution);
const char *ahoy_bus_word_for_orientation   (AhoyVideoOrientation   orientation);

gboolean    ahoy_bus_parse_media            (const char            *word,
                                             AhoyCallMedia         *media);
gboolean    ahoy_bus_parse_result           (const char            *word,
                                             AhoyCallResult        *result);
gboolean    ahoy_bus_parse_record_policy    (const char            *word,
                                             AhoyRecordPolicy      *policy);
gboolean    ahoy_bus_parse_fill_mode        (const char            *word,
                                             AhoyFillMode          *fill_mode);
gboolean    ahoy_bus_parse_resolution       (const char            *word,
                                             AhoyVideoResolution   *resolution);
gboolean    ahoy_bus_parse_orientation      (const char            *word,
                                             AhoyVideoOrientation  *orientation);
gboolean    ahoy_bus_parse_device_kind      (const char            *word,
                                             AhoyDeviceKind        *kind);

/* @text as D-Bus may carry it: valid UTF-8, "" for NULL. (transfer full) */
char       *ahoy_bus_text                   (const char            *text);

G_END_DECLS
