/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define AHOY_TYPE_SECTION (ahoy_section_get_type ())
G_DECLARE_FINAL_TYPE (AhoySection, ahoy_section, AHOY, SECTION, GObject)

/* A heading between the rows of a list; GTK 4.8 has none of its own. Property "title" (r). */
AhoySection *ahoy_section_new       (const char  *title);
const char  *ahoy_section_get_title (AhoySection *self);

G_END_DECLS
