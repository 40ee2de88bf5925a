/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-media.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* Whether the sound server itself cannot be reached or has gone, and not merely one device. */
gboolean ahoy_media_problem_is_no_server (const GError *error);
/* AHOY_MEDIA_ERROR_PLUGIN_MISSING naming the element and its package. */
GError  *ahoy_media_problem_new_missing  (const char   *factory);
/* The first of the NULL ended names that is not installed, else NULL. */
const char *ahoy_media_problem_find_missing (const char *const *factories);

G_END_DECLS
