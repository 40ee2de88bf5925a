/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Puts a field of an object into @value, whose type says what the field is: for properties that are no more than that.
 * @offset: G_STRUCT_OFFSET (), never 0 as the parent instance comes first. */
void ahoy_field_get (gpointer  object,
                     gsize     offset,
                     GValue   *value);

G_END_DECLS
