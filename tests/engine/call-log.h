/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-engine.h"

G_BEGIN_DECLS

/* What a call has told: one line a signal, "user-joined bob" or "not-connected 6 alice". Volumes and qualities are
 * counted only, and the last of them kept. */
typedef struct _CallLog CallLog;

CallLog  *call_log_new           (AhoyCall   *call);
void      call_log_free          (CallLog    *self);
/* All lines so far, with ", " between them. (transfer full) */
char     *call_log_dup_text      (CallLog    *self);
/* Fails unless that is all. */
void      call_log_assert        (CallLog    *self,
                                  const char *text);
/* Runs the main context until a line is there. */
void      call_log_await         (CallLog    *self,
                                  const char *line);
gboolean  call_log_has           (CallLog    *self,
                                  const char *line);
void      call_log_clear         (CallLog    *self);
guint     call_log_count_volumes (CallLog    *self);
guint     call_log_count_qualities (CallLog  *self);
/* What the last of them said of somebody, -1 for nothing. */
int       call_log_get_volume    (CallLog    *self,
                                  const char *user_id);
int       call_log_get_quality   (CallLog    *self,
                                  const char *user_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CallLog, call_log_free)

G_END_DECLS
