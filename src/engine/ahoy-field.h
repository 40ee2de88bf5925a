/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Puts a property that is no more than a field of the object into @value, whose type says what the field is; FALSE when
 * the property is none of these. @offsets: G_STRUCT_OFFSET () by property, 0 for what is no field, as the parent
 * instance comes first. */
gboolean ahoy_field_get (gpointer     object,
                         const gsize *offsets,
                         gsize        n_offsets,
                         guint        prop_id,
                         GValue      *value);

G_END_DECLS
