/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-session-private.h"

#include "ahoy-envelope.h"
#include "ahoy-json.h"
#include "ahoy-network.h"

/* Whether the server is still there, and what it knows to have arrived here. */

/* A timer that comes later than this says that the process was held up, not the network. */
#define HELD_UP_MS 300
/* After a change of the network a connection has so long to show that it lives. */
#define PROOF_MS 1000
#define ACK_AFTER_MS 1000
#define ACK_EVERY 16

static void
send_ack (AhoySession *self)
{
  g_autofree char *text = ahoy_envelope_new_ack (self->rx);

  g_clear_handle_id (&self->ack_id, g_source_remove);
  self->acked = self->rx;
  if (self->transport)
    ahoy_transport_send (self->transport, text);
}

static gboolean
on_ack_due (gpointer user_data)
{
  AhoySession *self = user_data;

  self->ack_id = 0;
  send_ack (self);
  return G_SOURCE_REMOVE;
}

void
ahoy_session_learn_time (AhoySession *self,
                         JsonObject  *data)
{
  ahoy_server_clock_learn (&self->clock, ahoy_json_get_int (data, "time", 0), self->sent_at, g_get_monotonic_time ());
}

static gboolean
on_pong_missing (gpointer user_data)
{
  AhoySession *self = user_data;
  gint64 late_us = g_get_monotonic_time () - self->pong_due;

  self->pong_id = 0;
  if (late_us > HELD_UP_MS * 1000)
    {
      /* The answer may lie unread in the socket. */
      self->pong_due = g_get_monotonic_time () + HELD_UP_MS * 1000;
      self->pong_id = g_timeout_add (HELD_UP_MS, on_pong_missing, self);
      return G_SOURCE_REMOVE;
    }

  g_debug ("No sign of life from the server");
  if (self->is_doubted)
    ahoy_session_reconnect (self);
  else
    ahoy_session_step (self, AHOY_SESSION_EVENT_LOST);
  return G_SOURCE_REMOVE;
}

void
ahoy_session_send_ping (AhoySession *self)
{
  g_autofree char *text = ahoy_envelope_new_request ("ping", "ping", NULL, self->rx);

  /* An unanswered ping is waited for, or its age would never count. */
  if (self->pong_id)
    return;

  self->sent_at = g_get_monotonic_time ();
  self->acked = self->rx;
  g_clear_handle_id (&self->ack_id, g_source_remove);
  ahoy_transport_send (self->transport, text);
  self->pong_due = self->sent_at + ahoy_session_get_pace (self)->pong_timeout_ms * 1000;
  self->pong_id = g_timeout_add (ahoy_session_get_pace (self)->pong_timeout_ms, on_pong_missing, self);
}

/* The network is another one. That the socket still stands says nothing; that its address is gone says enough. */
void
ahoy_session_doubt (AhoySession *self)
{
  g_autoptr (GInetAddress) address = ahoy_transport_get_local_address (self->transport);

  if (address && !ahoy_network_has_address (address))
    {
      g_debug ("The address of the connection is gone");
      ahoy_session_reconnect (self);
      return;
    }

  ahoy_session_send_ping (self);
  g_clear_handle_id (&self->pong_id, g_source_remove);
  self->is_doubted = TRUE;
  self->pong_due = g_get_monotonic_time () + PROOF_MS * 1000;
  self->pong_id = g_timeout_add (PROOF_MS, on_pong_missing, self);
}

static gboolean
on_ping_due (gpointer user_data)
{
  ahoy_session_send_ping (user_data);
  return G_SOURCE_CONTINUE;
}

void
ahoy_session_start_heartbeat (AhoySession *self)
{
  guint interval = ahoy_session_get_pace (self)->ping_interval_ms;

  g_clear_handle_id (&self->ping_id, g_source_remove);
  self->ping_id = g_timeout_add (interval ? MIN (interval, self->heartbeat_ms) : self->heartbeat_ms,
                                 on_ping_due, self);
}

void
ahoy_session_note_life (AhoySession *self)
{
  g_clear_handle_id (&self->pong_id, g_source_remove);
  self->is_doubted = FALSE;
}

void
ahoy_session_acknowledge (AhoySession *self)
{
  if (self->rx - self->acked >= ACK_EVERY)
    send_ack (self);
  else if (!self->ack_id)
    self->ack_id = g_timeout_add (ACK_AFTER_MS, on_ack_due, self);
}

void
ahoy_session_stop_liveness (AhoySession *self)
{
  g_clear_handle_id (&self->ping_id, g_source_remove);
  g_clear_handle_id (&self->ack_id, g_source_remove);
  ahoy_session_note_life (self);
}
