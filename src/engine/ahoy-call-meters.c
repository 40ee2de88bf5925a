/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-internal.h"

/* Numbers that change all the time: volumes, qualities, statistics. */

#define VOLUMES_MS 200
/* Of the ticks, which come each second. */
#define QUALITIES_TICKS 2

static GVariant *
make_levels (AhoyCall *self,
             gboolean  are_qualities,
             int       own)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
  g_variant_builder_add (&builder, "{si}", ahoy_session_get_user_id (self->session), own);
  for (guint i = 0; i < ahoy_call_roster_count (self->participants); i++)
    {
      AhoyParticipant *participant = ahoy_call_roster_get (self->participants, i);

      if (ahoy_participant_is_in (participant))
        g_variant_builder_add (&builder, "{si}", ahoy_participant_get_id (participant),
                               are_qualities ? (int) ahoy_participant_get_network_quality (participant)
                                             : ahoy_participant_get_volume (participant));
    }
  return g_variant_builder_end (&builder);
}

static int
get_own_volume (AhoyCall *self)
{
  int level = 0;

  if (!self->echo && ahoy_call_capture_get_microphone_on (self->capture))
    g_object_get (self->media_engine, "input-level", &level, NULL);
  return CLAMP (level, 0, 100);
}

static gboolean
is_anybody_heard (AhoyCall *self)
{
  for (guint i = 0; i < ahoy_call_roster_count (self->participants); i++)
    {
      if (ahoy_participant_get_volume (ahoy_call_roster_get (self->participants, i)) > 0)
        return TRUE;
    }
  return get_own_volume (self) > 0;
}

static gboolean
on_volumes_due (gpointer user_data)
{
  AhoyCall *self = user_data;
  g_autoptr (AhoyCall) alive = g_object_ref (self);
  gboolean goes_on = is_anybody_heard (self);

  if (!goes_on)
    self->volumes_id = 0;
  if (ahoy_call_has_listeners (self, AHOY_CALL_SIGNAL_VOLUMES))
    ahoy_call_emit_levels (self, AHOY_CALL_SIGNAL_VOLUMES, make_levels (self, FALSE, get_own_volume (self)));
  return goes_on && self->volumes_id ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
ahoy_call_meters_hear (AhoyCall *self)
{
  if (!self->volumes_id && self->has_begun && ahoy_call_phase_may_send (self->phase) && is_anybody_heard (self))
    self->volumes_id = g_timeout_add (VOLUMES_MS, on_volumes_due, self);
}

static void
update_stats (AhoyCall *self)
{
  GVariant *stats = ahoy_call_roster_rate (self->participants, self->peers);

  if (!stats)
    return;

  g_clear_pointer (&self->stats, g_variant_unref);
  self->stats = stats;
  ahoy_call_notify (self, AHOY_CALL_PROP_STATS);
}

static void
update_qualities (AhoyCall *self)
{
  AhoyNetworkQuality own = ahoy_call_roster_get_own_quality (self->participants);

  if (own != self->network_quality)
    {
      self->network_quality = own;
      ahoy_call_notify (self, AHOY_CALL_PROP_NETWORK_QUALITY);
    }
  if (self->has_begun && ahoy_call_has_listeners (self, AHOY_CALL_SIGNAL_NETWORK_QUALITIES))
    ahoy_call_emit_levels (self, AHOY_CALL_SIGNAL_NETWORK_QUALITIES, make_levels (self, TRUE, own));
}

void
ahoy_call_meters_tick (AhoyCall *self)
{
  if (self->peers)
    update_stats (self);
  if (++self->n_ticks % QUALITIES_TICKS == 0)
    update_qualities (self);
}

void
ahoy_call_meters_stop (AhoyCall *self)
{
  g_clear_handle_id (&self->volumes_id, g_source_remove);
}
