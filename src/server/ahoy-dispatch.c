/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-dispatch.h"

#include "ahoy-accounts.h"
#include "ahoy-auth.h"
#include "ahoy-calls.h"
#include "ahoy-envelope.h"
#include "ahoy-error.h"
#include "ahoy-groups.h"
#include "ahoy-people.h"

/* Who goes on after so many refusals does not listen. */
#define MAX_EXCESS 200

typedef void (*PlainHandler) (AhoyRequest *request,
                              JsonObject  *data);
typedef void (*TypedHandler) (AhoyRequest    *request,
                              JsonObject     *data,
                              AhoyMessageType type);

static void
handle_ping (AhoyRequest *request,
             JsonObject  *data)
{
  g_autoptr (JsonObject) answer = json_object_new ();

  json_object_set_int_member (answer, "time", ahoy_calls_now_ms (request->server->calls));
  ahoy_request_answer (request, answer);
}

static void
handle_bye (AhoyRequest *request,
            JsonObject  *data)
{
  AhoyServer *server = request->server;
  g_autoptr (AhoySession) session = ahoy_session_ref (request->session);
  AhoyConnection *connection;

  ahoy_request_answer (request, NULL);
  ahoy_auth_end_session (server, session, AHOY_REASON_HANGUP);
  connection = session->connection;
  if (connection)
    {
      ahoy_session_detach (session);
      ahoy_connection_close (connection, AHOY_CLOSE_NORMAL);
    }
}

static void
handle_second_auth (AhoyRequest *request,
                    JsonObject  *data)
{
  ahoy_request_fail (request, AHOY_ERROR_REQUEST_REPEATED, "this connection has a session");
}

static const struct
{
  PlainHandler plain;
  TypedHandler typed;
} handlers[AHOY_MESSAGE_LAST] = {
  [AHOY_MESSAGE_AUTH] = { handle_second_auth },
  [AHOY_MESSAGE_RESUME] = { handle_second_auth },
  [AHOY_MESSAGE_PING] = { handle_ping },
  [AHOY_MESSAGE_RENEW] = { ahoy_auth_handle_renew },
  [AHOY_MESSAGE_BYE] = { handle_bye },
  [AHOY_MESSAGE_CALL_INVITE] = { ahoy_calls_handle_invite },
  [AHOY_MESSAGE_CALL_RINGING] = { NULL, ahoy_calls_handle_event },
  [AHOY_MESSAGE_CALL_ACCEPT] = { NULL, ahoy_calls_handle_event },
  [AHOY_MESSAGE_CALL_REJECT] = { NULL, ahoy_calls_handle_event },
  [AHOY_MESSAGE_CALL_CANCEL] = { NULL, ahoy_calls_handle_event },
  [AHOY_MESSAGE_CALL_HANGUP] = { NULL, ahoy_calls_handle_event },
  [AHOY_MESSAGE_CALL_MEDIA] = { NULL, ahoy_calls_handle_event },
  [AHOY_MESSAGE_CALL_ADD] = { ahoy_calls_handle_add },
  [AHOY_MESSAGE_CALL_JOIN] = { ahoy_calls_handle_join },
  [AHOY_MESSAGE_CALL_SWITCH] = { ahoy_calls_handle_switch },
  [AHOY_MESSAGE_CALL_MOVE] = { ahoy_calls_handle_move },
  [AHOY_MESSAGE_CALL_SYNC] = { ahoy_calls_handle_sync },
  [AHOY_MESSAGE_SDP] = { NULL, ahoy_relay_handle },
  [AHOY_MESSAGE_ICE] = { NULL, ahoy_relay_handle },
  [AHOY_MESSAGE_PEER] = { NULL, ahoy_relay_handle },
  [AHOY_MESSAGE_PROFILE_GET] = { ahoy_people_handle_profile_get },
  [AHOY_MESSAGE_PROFILE_SET] = { ahoy_people_handle_profile_set },
  [AHOY_MESSAGE_CONTACTS_LIST] = { ahoy_people_handle_contacts_list },
  [AHOY_MESSAGE_CONTACTS_SET] = { ahoy_people_handle_contacts_set },
  [AHOY_MESSAGE_CONTACTS_REMOVE] = { ahoy_people_handle_contacts_remove },
  [AHOY_MESSAGE_PRESENCE_SUB] = { ahoy_people_handle_presence_sub },
  [AHOY_MESSAGE_RECORDS_LIST] = { ahoy_records_handle_list },
  [AHOY_MESSAGE_RECORDS_DELETE] = { ahoy_records_handle_delete },
  [AHOY_MESSAGE_DEVICES_MULTI] = { ahoy_accounts_handle_multi },
  [AHOY_MESSAGE_BLOCKS_LIST] = { ahoy_accounts_handle_blocks_list },
  [AHOY_MESSAGE_BLOCKS_SET] = { ahoy_accounts_handle_blocks_set },
  [AHOY_MESSAGE_GROUP_LIST] = { ahoy_groups_handle_list },
  [AHOY_MESSAGE_GROUP_CREATE] = { ahoy_groups_handle_create },
  [AHOY_MESSAGE_GROUP_SET] = { ahoy_groups_handle_set },
  [AHOY_MESSAGE_GROUP_LEAVE] = { ahoy_groups_handle_leave },
  [AHOY_MESSAGE_GROUP_DELETE] = { ahoy_groups_handle_delete },
};

/* Who wants out of a call gets out, however much was said before: the others would sit in it with nobody. It counts all
 * the same, so that a flood of these ends as any other. */
static gboolean
is_way_out (AhoyMessageType type)
{
  return type == AHOY_MESSAGE_CALL_HANGUP || type == AHOY_MESSAGE_CALL_CANCEL ||
         type == AHOY_MESSAGE_CALL_REJECT;
}

static void
dispatch_request (AhoyServer     *server,
                  AhoyConnection *connection,
                  AhoyEnvelope   *envelope)
{
  AhoyMessageType type = ahoy_message_type_from_name (envelope->type);
  gboolean is_within;
  AhoyRequest *request;

  is_within = ahoy_throttle_take (&connection->throttle, &server->config->messages, g_get_monotonic_time ());
  /* One that is allowed makes up for one that was not: forgiving all would let a flood go on for ever on a slow
   * machine, where some of it always is within the limit. */
  connection->excess = is_within ? connection->excess - MIN (connection->excess, 1) : connection->excess + 1;
  if (connection->excess > MAX_EXCESS)
    {
      g_message ("event=flood user=%s", connection->session->user_id);
      ahoy_connection_close (connection, AHOY_CLOSE_TOO_MANY);
      return;
    }

  is_within = is_within || is_way_out (type);
  request = ahoy_requests_begin (server->requests, connection->session, envelope->id,
                                 is_within && ahoy_message_type_is_change (type));
  if (!request)
    return;

  if (!is_within)
    ahoy_request_fail (request, AHOY_ERROR_TOO_FREQUENT, NULL);
  else if (handlers[type].plain)
    handlers[type].plain (request, envelope->data);
  else if (handlers[type].typed)
    handlers[type].typed (request, envelope->data, type);
  else
    ahoy_request_fail (request, AHOY_ERROR_UNKNOWN_RESOURCE, NULL);
}

void
ahoy_dispatch_text (AhoyConnection *connection,
                    const char     *text,
                    gsize           length,
                    AhoyServer     *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyEnvelope) envelope = ahoy_envelope_parse (text, length, &error);

  if (!envelope)
    {
      g_debug ("event=bad-frame length=%" G_GSIZE_FORMAT, length);
      ahoy_connection_close (connection, AHOY_CLOSE_BAD_TEXT);
      return;
    }
  if (!connection->session)
    {
      ahoy_auth_first_frame (server, connection, envelope);
      return;
    }

  ahoy_session_ack (connection->session, envelope->ack);
  if (envelope->kind == AHOY_ENVELOPE_REQUEST)
    dispatch_request (server, connection, envelope);
  else if (envelope->kind != AHOY_ENVELOPE_ACK)
    ahoy_connection_close (connection, AHOY_CLOSE_PROTOCOL);
}
