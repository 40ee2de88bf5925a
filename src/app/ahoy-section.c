/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-section.h"

struct _AhoySection
{
  GObject parent_instance;

  char *title; /* (owned) */
};

G_DEFINE_FINAL_TYPE (AhoySection, ahoy_section, G_TYPE_OBJECT)

static void
ahoy_section_finalize (GObject *object)
{
  AhoySection *self = AHOY_SECTION (object);

  g_free (self->title);

  G_OBJECT_CLASS (ahoy_section_parent_class)->finalize (object);
}

static void
ahoy_section_class_init (AhoySectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ahoy_section_finalize;
}

static void
ahoy_section_init (AhoySection *self)
{
}

AhoySection *
ahoy_section_new (const char *title)
{
  AhoySection *self;

  g_return_val_if_fail (title, NULL);

  self = g_object_new (AHOY_TYPE_SECTION, NULL);
  self->title = g_strdup (title);
  return self;
}

const char *
ahoy_section_get_title (AhoySection *self)
{
  g_return_val_if_fail (AHOY_IS_SECTION (self), NULL);

  return self->title;
}
