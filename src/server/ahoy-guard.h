/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-throttle.h"

G_BEGIN_DECLS

/*
 * Counts tickets that were refused, by the address they came from and by the user they claimed.
 * An address that has failed too often is not listened to for a moment. A user at whom others
 * guess from many addresses keeps getting in with the right ticket; only what wrong ones are
 * told changes.
 */
typedef struct _AhoyGuard AhoyGuard;

AhoyGuard *ahoy_guard_new                (const AhoyThrottleLimits *limits);
void       ahoy_guard_free               (AhoyGuard                *self);
/* The source of a connected socket; of IPv6 the network, as a host has all of one. */
char      *ahoy_guard_make_source        (int                       fd);
gboolean   ahoy_guard_is_source_blocked  (AhoyGuard                *self,
                                          const char               *source);
/* TRUE when @uid has been claimed with too many wrong tickets. */
gboolean   ahoy_guard_note_failure       (AhoyGuard                *self,
                                          const char               *source,
                                          const char               *uid);
/* Every minute: forgets those that have not failed for a while. */
void       ahoy_guard_trim               (AhoyGuard                *self);

G_END_DECLS
