/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-field.h"

void
ahoy_field_get (gpointer  object,
                gsize     offset,
                GValue   *value)
{
  gpointer field = G_STRUCT_MEMBER_P (object, offset);

  g_assert (offset > 0);

  switch (G_TYPE_FUNDAMENTAL (G_VALUE_TYPE (value)))
    {
    case G_TYPE_BOOLEAN:
      g_value_set_boolean (value, *(gboolean *) field);
      break;
    case G_TYPE_INT:
      g_value_set_int (value, *(int *) field);
      break;
    case G_TYPE_UINT:
      g_value_set_uint (value, *(guint *) field);
      break;
    case G_TYPE_INT64:
      g_value_set_int64 (value, *(gint64 *) field);
      break;
    case G_TYPE_ENUM:
      g_value_set_enum (value, *(int *) field);
      break;
    case G_TYPE_STRING:
      g_value_set_string (value, *(char **) field);
      break;
    case G_TYPE_BOXED:
      g_value_set_boxed (value, *(gpointer *) field);
      break;
    case G_TYPE_VARIANT:
      g_value_set_variant (value, *(GVariant **) field);
      break;
    case G_TYPE_OBJECT:
    case G_TYPE_INTERFACE:
      g_value_set_object (value, *(GObject **) field);
      break;
    default:
      g_assert_not_reached ();
    }
}
