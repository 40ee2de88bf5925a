/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Reading JSON that a stranger wrote. json-glib complains loudly about a wrong type; these
 * never do: a missing or wrong member gives the fallback, the checking ones give an error.
 */

/* FALSE when @text nests deeper than @max_depth, or json-glib could not be trusted with it. */
gboolean    ahoy_json_scan            (const char  *text,
                                       gsize        length,
                                       guint        max_depth);
/* Scanned first; the root must be an object. Errors are AHOY_ERROR_BAD_JSON. */
JsonObject *ahoy_json_parse_object    (const char  *text,
                                       gsize        length,
                                       guint        max_depth,
                                       GError     **error);
/* What @text takes at most between its quotes in JSON. */
gsize       ahoy_json_escaped_length  (const char  *text);
/* One line, no spaces. */
char       *ahoy_json_to_text         (JsonObject  *object);

gboolean    ahoy_json_has             (JsonObject  *object,
                                       const char  *name);
/* (transfer none) (nullable): NULL when it is missing, no string or longer than @max_bytes. */
const char *ahoy_json_get_string      (JsonObject  *object,
                                       const char  *name,
                                       gsize        max_bytes);
gint64      ahoy_json_get_int         (JsonObject  *object,
                                       const char  *name,
                                       gint64       fallback);
gboolean    ahoy_json_get_bool        (JsonObject  *object,
                                       const char  *name,
                                       gboolean     fallback);
/* (transfer none) (nullable) */
JsonObject *ahoy_json_get_object      (JsonObject  *object,
                                       const char  *name);
JsonArray  *ahoy_json_get_array       (JsonObject  *object,
                                       const char  *name);
/* (transfer full) (nullable): NULL when it is missing or any element is no string. */
GStrv       ahoy_json_get_strings     (JsonObject  *object,
                                       const char  *name,
                                       guint        max_items,
                                       gsize        max_bytes);

/* These set AHOY_ERROR_INVALID_PARAMETER naming the member. */
gboolean    ahoy_json_need_string     (JsonObject  *object,
                                       const char  *name,
                                       gsize        max_bytes,
                                       const char **value,
                                       GError     **error);
gboolean    ahoy_json_need_int        (JsonObject  *object,
                                       const char  *name,
                                       gint64       min,
                                       gint64       max,
                                       gint64      *value,
                                       GError     **error);
/* A missing member leaves @value NULL; a wrong one is an error. */
gboolean    ahoy_json_take_string     (JsonObject  *object,
                                       const char  *name,
                                       gsize        max_bytes,
                                       const char **value,
                                       GError     **error);
/* The same, of a text without control characters, which takes at most twice its length on the wire. */
gboolean    ahoy_json_take_line       (JsonObject  *object,
                                       const char  *name,
                                       gsize        max_bytes,
                                       const char **value,
                                       GError     **error);

G_END_DECLS
