/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-ringer.h"

struct _AhoyRinger
{
  GObject parent_instance;

  AhoyMedia *media;            /* (owned) */
  AhoyTone tone;               /* that repeats */
  guint tone_id;               /* 0 when silent */
};

G_DEFINE_FINAL_TYPE (AhoyRinger, ahoy_ringer, G_TYPE_OBJECT)

static void
ahoy_ringer_dispose (GObject *object)
{
  AhoyRinger *self = AHOY_RINGER (object);

  if (self->media)
    ahoy_ringer_stop (self);
  g_clear_object (&self->media);

  G_OBJECT_CLASS (ahoy_ringer_parent_class)->dispose (object);
}

static void
ahoy_ringer_class_init (AhoyRingerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ahoy_ringer_dispose;
}

static void
ahoy_ringer_init (AhoyRinger *self)
{
}

AhoyRinger *
ahoy_ringer_new (AhoyMedia *media)
{
  AhoyRinger *self;

  g_return_val_if_fail (AHOY_IS_MEDIA (media), NULL);

  self = g_object_new (AHOY_TYPE_RINGER, NULL);
  self->media = g_object_ref (media);
  return self;
}

void
ahoy_ringer_repeat (AhoyRinger *self,
                    AhoyTone    tone)
{
  g_return_if_fail (AHOY_IS_RINGER (self));

  if (self->tone_id && self->tone == tone)
    return;
  ahoy_ringer_stop (self);
  self->tone = tone;
  self->tone_id = ahoy_media_play_tone (self->media, ahoy_tone_get (tone), TRUE, ahoy_tone_pause_ms (tone));
}

void
ahoy_ringer_stop (AhoyRinger *self)
{
  g_return_if_fail (AHOY_IS_RINGER (self));

  if (!self->tone_id)
    return;
  ahoy_media_stop_tone (self->media, self->tone_id);
  self->tone_id = 0;
}

void
ahoy_ringer_play (AhoyRinger *self,
                  AhoyTone    tone)
{
  g_return_if_fail (AHOY_IS_RINGER (self));

  ahoy_media_play_tone (self->media, ahoy_tone_get (tone), FALSE, 0);
}

gboolean
ahoy_ringer_is_on (AhoyRinger *self)
{
  g_return_val_if_fail (AHOY_IS_RINGER (self), FALSE);

  return self->tone_id != 0;
}
