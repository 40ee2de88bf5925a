/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The "ice" of a welcome as the addresses that a media connection takes: credentials go into them, escaped. */
GStrv ahoy_session_ice_make_uris (JsonArray *servers);

G_END_DECLS
