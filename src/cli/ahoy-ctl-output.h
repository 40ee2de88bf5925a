/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-dbus.h"

G_BEGIN_DECLS

/* A proxy has no value for a property that the service did not send. */
#define AHOY_CTL_TEXT(text) ((text) ? (text) : "")

/* Prints a GVariant as one line of JSON and flushes. Sinks a floating @value. */
void        ahoy_ctl_print_json    (GVariant     *value);
/* One line for people; flushes. */
void        ahoy_ctl_print         (const char   *format,
                                    ...) G_GNUC_PRINTF (1, 2);
/* Everything a call says of itself. (transfer floating) a{sv} */
GVariant   *ahoy_ctl_call_to_dict  (AhoyDbusCall *call);
/* One line for people. (transfer full) */
char       *ahoy_ctl_call_to_text  (AhoyDbusCall *call);
/* The last part of a call's path, as `ahoyctl hangup 3` takes it. Points into @path. */
const char *ahoy_ctl_call_number   (const char   *path);
/* An EndReason in plain words. */
const char *ahoy_ctl_reason_words  (const char   *reason);
/* 1:02:03 or 2:03. (transfer full) */
char       *ahoy_ctl_duration_text (guint         seconds);
/* A text of an a{sv}, "" when it is missing. Points into @dict. */
const char *ahoy_ctl_lookup_text   (GVariant     *dict,
                                    const char   *key);

G_END_DECLS
