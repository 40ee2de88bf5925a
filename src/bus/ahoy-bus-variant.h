/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-engine.h"

G_BEGIN_DECLS

/* Values of the bus out of those of the engine. What people wrote is made valid, NULL is the empty text. */

void      ahoy_bus_insert_text     (GVariantDict          *dict,
                                    const char            *key,
                                    const char            *text);
void      ahoy_bus_insert_texts    (GVariantDict          *dict,
                                    const char            *key,
                                    const char *const     *texts);
/* An array of @type with what @make makes of each item. Both (transfer floating). */
GVariant *ahoy_bus_list_to_variant (GListModel            *model,
                                    const char            *type,
                                    GVariant            *(*make) (gpointer item,
                                                                  gpointer user_data),
                                    gpointer               user_data);
/* TRUE when the invocation has been refused: everybody who is signed out has the same empty lists, and giving them
 * would hide the reason. */
gboolean  ahoy_bus_refuse_when_signed_out (AhoyEngine            *engine,
                                           GDBusMethodInvocation *invocation);

/* Answers with an aa{sv} of what @make makes of each item, or refuses as above. */
gboolean  ahoy_bus_answer_list            (AhoyEngine            *engine,
                                           GDBusMethodInvocation *invocation,
                                           GListModel            *model,
                                           GVariant            *(*make) (gpointer item,
                                                                         gpointer user_data));

G_END_DECLS
