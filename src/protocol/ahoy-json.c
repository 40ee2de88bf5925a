/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-json.h"

#include "ahoy-error.h"

#include <string.h>

/* The code unit of an escape \uXXXX whose digits start at @digits, or -1. */
static int
read_unit (const char *digits,
           const char *end)
{
  int unit = 0;

  if (end - digits < 4)
    return -1;

  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (digits[i]);

      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }

  return unit;
}

/* @p stands behind a backslash; returns the place behind the escape, or NULL. */
static const char *
skip_escape (const char *p,
             const char *end)
{
  int unit;

  if (p == end || !strchr ("\"\\/bfnrtu", *p) || *p == '\0')
    return NULL;
  if (*p != 'u')
    return p + 1;

  unit = read_unit (p + 1, end);
  /* json-glib makes NUL and lone surrogates into text that is cut short or no UTF-8. */
  if (unit <= 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return NULL;
  if (unit < 0xd800 || unit > 0xdbff)
    return p + 5;

  if (end - p < 7 || p[5] != '\\' || p[6] != 'u')
    return NULL;
  unit = read_unit (p + 7, end);

  return unit >= 0xdc00 && unit <= 0xdfff ? p + 11 : NULL;
}

/* @p stands behind the opening quote; returns the place behind the closing one, or NULL. */
static const char *
skip_string (const char *p,
             const char *end)
{
  while (p && p < end)
    {
      if (*p == '"')
        return p + 1;
      /* Raw, they take one byte here and six when they are passed on. json-glib itself writes the last
       * of them, 0x1f, without an escape. */
      if ((guchar) *p < 0x1f)
        return NULL;
      p = *p == '\\' ? skip_escape (p + 1, end) : p + 1;
    }

  return NULL;
}

/*
 * json-glib also takes comments, single quotes and assignments, where brackets could hide from
 * this scan. So anything but JSON's own characters outside of strings is refused.
 */
gboolean
ahoy_json_scan (const char *text,
                gsize       length,
                guint       max_depth)
{
  const char *end = text + length;
  const char *p = text;
  guint depth = 0;

  while (p && p < end)
    {
      char c = *p++;

      if (c == '"')
        p = skip_string (p, end);
      else if (c == '[' || c == '{')
        {
          if (++depth > max_depth)
            return FALSE;
        }
      else if (c == ']' || c == '}')
        {
          if (depth == 0)
            return FALSE;
          depth--;
        }
      else if (!g_ascii_isalnum (c) && (c == '\0' || !strchr (" \t\r\n,:+-.", c)))
        return FALSE;
    }

  return p != NULL && depth == 0;
}

JsonObject *
ahoy_json_parse_object (const char *text,
                        gsize       length,
                        guint       max_depth,
                        GError    **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) why = NULL;
  JsonNode *root;

  if (length == 0 || length > G_MAXINT32 ||
      !ahoy_json_scan (text, length, max_depth) ||
      !g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_BAD_JSON,
                           "not JSON, not UTF-8, or nested too deeply");
      return NULL;
    }

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, &why))
    {
      ahoy_error_set_code (error, AHOY_ERROR_BAD_JSON);
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_BAD_JSON, "not a JSON object");
      return NULL;
    }

  return json_node_dup_object (root);
}

gsize
ahoy_json_escaped_length (const char *text)
{
  gsize length = 0;

  for (; *text; text++)
    {
      if (strchr ("\"\\\b\f\n\r\t", *text))
        length += 2;
      else if (g_ascii_iscntrl (*text))
        length += 6;
      else
        length++;
    }

  return length;
}

char *
ahoy_json_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_alloc ();

  json_node_init_object (node, object);

  return json_to_string (node, FALSE);
}

static JsonNode *
get_value (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

gboolean
ahoy_json_has (JsonObject *object,
               const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && !JSON_NODE_HOLDS_NULL (node);
}

const char *
ahoy_json_get_string (JsonObject *object,
                      const char *name,
                      gsize       max_bytes)
{
  JsonNode *node = get_value (object, name);
  const char *text;

  if (!node || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  text = json_node_get_string (node);

  return text && strlen (text) <= max_bytes ? text : NULL;
}

gint64
ahoy_json_get_int (JsonObject *object,
                   const char *name,
                   gint64      fallback)
{
  JsonNode *node = get_value (object, name);

  if (!node || json_node_get_value_type (node) != G_TYPE_INT64)
    return fallback;

  return json_node_get_int (node);
}

gboolean
ahoy_json_get_bool (JsonObject *object,
                    const char *name,
                    gboolean    fallback)
{
  JsonNode *node = get_value (object, name);

  if (!node || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fallback;

  return json_node_get_boolean (node);
}

JsonObject *
ahoy_json_get_object (JsonObject *object,
                      const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
ahoy_json_get_array (JsonObject *object,
                     const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

GStrv
ahoy_json_get_strings (JsonObject *object,
                       const char *name,
                       guint       max_items,
                       gsize       max_bytes)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  JsonArray *array = ahoy_json_get_array (object, name);
  guint n;

  if (!array || json_array_get_length (array) > max_items)
    return NULL;

  builder = g_strv_builder_new ();
  n = json_array_get_length (array);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return NULL;

      text = json_node_get_string (node);
      if (!text || strlen (text) > max_bytes)
        return NULL;

      g_strv_builder_add (builder, text);
    }

  return g_strv_builder_end (builder);
}

static gboolean
refuse (const char *name,
        GError    **error)
{
  g_set_error (error, AHOY_ERROR, AHOY_ERROR_INVALID_PARAMETER, "%s is missing or invalid", name);

  return FALSE;
}

gboolean
ahoy_json_need_string (JsonObject  *object,
                       const char  *name,
                       gsize        max_bytes,
                       const char **value,
                       GError     **error)
{
  *value = ahoy_json_get_string (object, name, max_bytes);

  return *value ? TRUE : refuse (name, error);
}

gboolean
ahoy_json_need_int (JsonObject *object,
                    const char *name,
                    gint64      min,
                    gint64      max,
                    gint64     *value,
                    GError    **error)
{
  JsonNode *node = get_value (object, name);

  *value = min;
  if (!node || json_node_get_value_type (node) != G_TYPE_INT64)
    return refuse (name, error);

  *value = json_node_get_int (node);

  return *value >= min && *value <= max ? TRUE : refuse (name, error);
}

gboolean
ahoy_json_take_string (JsonObject  *object,
                       const char  *name,
                       gsize        max_bytes,
                       const char **value,
                       GError     **error)
{
  *value = NULL;
  if (!ahoy_json_has (object, name))
    return TRUE;

  return ahoy_json_need_string (object, name, max_bytes, value, error);
}

gboolean
ahoy_json_take_line (JsonObject  *object,
                     const char  *name,
                     gsize        max_bytes,
                     const char **value,
                     GError     **error)
{
  if (!ahoy_json_take_string (object, name, max_bytes, value, error))
    return FALSE;

  for (const char *p = *value; p && *p; p++)
    {
      if (g_ascii_iscntrl (*p))
        {
          g_set_error (error, AHOY_ERROR, AHOY_ERROR_INVALID_PARAMETER, "%s has a control character", name);
          return FALSE;
        }
    }

  return TRUE;
}
