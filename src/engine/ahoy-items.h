/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-json.h"

G_BEGIN_DECLS

/* Elements of an array that came from outside; what has another type is NULL. The array may be NULL. */

static inline guint
ahoy_items_length (JsonArray *array)
{
  return array ? json_array_get_length (array) : 0;
}

static inline JsonObject *
ahoy_items_object (JsonArray *array,
                   guint      index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static inline const char *
ahoy_items_string (JsonArray *array,
                   guint      index)
{
  JsonNode *node = json_array_get_element (array, index);

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

G_END_DECLS
