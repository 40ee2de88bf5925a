/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call.h"
#include "ahoy-record.h"

G_BEGIN_DECLS

/* The only place where states, reasons and errors become sentences for people. What returns char * is
 * (transfer full) and never NULL, if nothing else is said. */

/* "0:07", "12:34", "1:02:03" */
char       *ahoy_words_timer          (guint                seconds);
/* The same for being spoken: "12 minutes 34 seconds". */
char       *ahoy_words_duration       (guint                seconds);
/* A name that cannot turn the sentence around it: between first strong isolate and its end. */
char       *ahoy_words_isolate        (const char          *name);

/* "Calling…"; ACTIVE and ENDED have sentences of their own. */
const char *ahoy_words_state          (AhoyCallState        state);
/* "Video call", "Incoming video call from Ada" */
const char *ahoy_words_call_kind      (AhoyCallMedia        media);
char       *ahoy_words_incoming       (AhoyCallMedia        media,
                                       const char          *name);
/* Why it is over. @by_me: this person ended it; @error: why placing failed (nullable). */
char       *ahoy_words_ended          (AhoyEndReason        reason,
                                       AhoyCallRole         role,
                                       gboolean             by_me,
                                       const char          *name,
                                       guint                duration,
                                       const GError        *error);
char       *ahoy_words_call_ended     (AhoyCall            *call);
/* What the task switcher shows: "Ada · 12:34". */
char       *ahoy_words_window_title   (AhoyCall            *call);
/* "Missed call from Ada" */
char       *ahoy_words_missed         (const char          *name);
/* "Outgoing · 12:34", "Missed" */
char       *ahoy_words_record         (AhoyRecord          *record);
const char *ahoy_words_presence       (AhoyPresence         presence);

/* What happened, in one sentence; @error of AHOY_ERROR, AHOY_MEDIA_ERROR, G_TLS_ERROR, G_IO_ERROR,
 * G_RESOLVER_ERROR; of others the message itself. */
char       *ahoy_words_error          (const GError        *error);
/* What it means or what to do. (nullable) */
char       *ahoy_words_error_hint     (const GError        *error);

G_END_DECLS
