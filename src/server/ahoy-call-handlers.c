/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-calls.h"

#include "ahoy-call-json.h"
#include "ahoy-error.h"
#include "ahoy-groups.h"
#include "ahoy-invitation.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-people.h"

static AhoyCallData *
make_call (AhoyServer     *server,
           AhoySession    *session,
           AhoyInvitation *invitation,
           const GArray   *people)
{
  g_autofree char *id = g_uuid_string_random ();
  const AhoyStoredProfile *profile = ahoy_people_get_profile (server->people, session->app_id, session->user_id);
  AhoyCallData *call = ahoy_call_data_new (id, session->app_id, session->user_id);

  call->media = g_strdup (invitation->media);
  call->user_data = g_strdup (invitation->user_data);
  call->room = g_strdup (invitation->room);
  call->room_number = invitation->room_number;
  call->group = g_strdup (invitation->group);
  call->record_policy = invitation->record_policy;
  call->push = g_steal_pointer (&invitation->push);
  call->ephemeral = invitation->ephemeral;
  call->is_multi = invitation->to->len > 1;

  ahoy_call_data_begin (call, session->device, profile->nickname, profile->avatar,
                        ahoy_calls_now_ms (server->calls));
  for (guint i = 0; i < people->len; i++)
    ahoy_call_data_invite (call, &g_array_index (people, AhoyInvitee, i), session->user_id, call->created_ms,
                           call->created_ms + invitation->timeout_s * 1000);

  return call;
}

/* The one whom I call is calling me, and nobody else is meant. */
static gboolean
is_glare (AhoyCallData         *call,
          AhoySession          *session,
          const AhoyInvitation *invitation)
{
  AhoyMember *me = ahoy_call_data_find (call, session->user_id);

  return call->phase == AHOY_PHASE_RINGING && ahoy_call_data_is_single (call) && !*invitation->group &&
         invitation->to->len == 1 && me && ahoy_member_is_waiting (me) &&
         g_strcmp0 (call->inviter, g_ptr_array_index (invitation->to, 0)) == 0;
}

static void
join_glare (AhoyServer   *server,
            AhoyCallData *call,
            AhoyRequest  *request)
{
  AhoyCallEvent event = {
    .type = AHOY_EVENT_ACCEPT,
    .now_ms = ahoy_calls_now_ms (server->calls),
    .user = request->session->user_id,
    .device = request->session->device,
  };

  ahoy_calls_apply (server->calls, call, &event, request);
}

/* 0 when this user may begin a call. */
static int
check_caller (AhoyServer     *server,
              AhoySession    *session,
              AhoyInvitation *invitation,
              const char    **message)
{
  AhoyGroup *group = ahoy_groups_find (server->groups, session->app_id, invitation->group);

  if (group && !(ahoy_group_has (group, session->user_id) && ahoy_group_has_all (group, invitation->to)))
    {
      *message = "not all are members of the group";
      return AHOY_ERROR_PARAM_INVALID;
    }
  if (ahoy_calls_find_user (server->calls, session->uid))
    {
      *message = "already in a call";
      return AHOY_ERROR_REQUEST_REFUSED;
    }
  if (!ahoy_registry_take_invite (server->registry, session->uid, &server->config->invites))
    return AHOY_ERROR_TOO_FREQUENT;

  return 0;
}

void
ahoy_calls_handle_invite (AhoyRequest *request,
                          JsonObject  *data)
{
  AhoyServer *server = request->server;
  AhoySession *session = request->session;
  g_autoptr (GError) error = NULL;
  g_auto (AhoyInvitation) invitation = { 0 };
  g_autoptr (GArray) people = NULL;
  const char *message = NULL;
  AhoyCallData *call;
  int code;

  if (!ahoy_invitation_read (&invitation, session, data, &error))
    {
      ahoy_request_fail_with (request, error);
      return;
    }
  if (session->is_lapsed)
    {
      ahoy_request_fail (request, AHOY_ERROR_USER_SIG_EXPIRED, NULL);
      return;
    }

  call = ahoy_calls_find_user (server->calls, session->uid);
  if (call && is_glare (call, session, &invitation))
    {
      join_glare (server, call, request);
      return;
    }
  code = check_caller (server, session, &invitation, &message);
  if (code != 0)
    {
      ahoy_request_fail (request, code, message);
      return;
    }
  people = ahoy_invitation_list (&invitation, server, session, NULL);
  if (ahoy_invitation_is_blocked (people))
    {
      ahoy_request_fail (request, AHOY_ERROR_BLOCKED, NULL);
      return;
    }

  call = make_call (server, session, &invitation, people);
  ahoy_calls_start (server->calls, call, request);
}

AhoyCallData *
ahoy_calls_need (AhoyRequest *request,
                 JsonObject  *data)
{
  const char *call_id = ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID);
  AhoyCallData *call = ahoy_calls_find (request->server->calls, call_id, request->session->app_id);
  AhoyMember *member = call ? ahoy_call_data_find (call, request->session->user_id) : NULL;

  /* Of a call that is not mine not even its existence is told. */
  if (member && !member->is_hidden)
    return call;

  ahoy_request_fail (request, call_id ? AHOY_ERROR_INVITATION_OVER : AHOY_ERROR_INVALID_PARAMETER, NULL);

  return NULL;
}

/* Both: FALSE when "why" is no word of the table. */
static gboolean
read_leave_reason (JsonObject     *data,
                   AhoyCallReason *reason)
{
  const char *why = ahoy_json_get_string (data, "why", 16);

  *reason = g_strcmp0 (why, "offline") == 0 ? AHOY_REASON_OFFLINE : AHOY_REASON_HANGUP;

  return !why || g_str_equal (why, "hangup") || *reason == AHOY_REASON_OFFLINE;
}

static gboolean
read_reason (JsonObject     *data,
             AhoyCallReason *reason)
{
  const char *why = ahoy_json_get_string (data, "why", 16);

  *reason = AHOY_REASON_REJECT;
  if (!why || g_str_equal (why, "reject"))
    return TRUE;

  /* To the caller a call that is ignored looks like one that found the line busy. */
  *reason = AHOY_REASON_BUSY;

  return g_str_equal (why, "ignore") || g_str_equal (why, "busy");
}

void
ahoy_calls_handle_event (AhoyRequest    *request,
                         JsonObject     *data,
                         AhoyMessageType type)
{
  AhoySession *session = request->session;
  gint64 now_ms = ahoy_calls_now_ms (request->server->calls);
  AhoyCallData *call = ahoy_calls_need (request, data);
  AhoyCallEvent event = {
    .now_ms = now_ms,
    .user = session->user_id,
    .device = session->device,
  };
  AhoyMember *member;

  if (!call)
    return;

  if (type == AHOY_MESSAGE_CALL_RINGING)
    {
      event.type = AHOY_EVENT_RINGING;
    }
  else if (type == AHOY_MESSAGE_CALL_ACCEPT)
    {
      event.type = AHOY_EVENT_ACCEPT;
    }
  else if (type == AHOY_MESSAGE_CALL_REJECT)
    {
      event.type = AHOY_EVENT_REJECT;
      if (!read_reason (data, &event.reason))
        {
          ahoy_request_fail (request, AHOY_ERROR_INVALID_PARAMETER, "why is invalid");
          return;
        }
    }
  else if (type == AHOY_MESSAGE_CALL_CANCEL)
    {
      event.target = ahoy_json_get_string (data, "user", AHOY_MAX_USER_ID);
      event.type = event.target ? AHOY_EVENT_UNINVITE : AHOY_EVENT_CANCEL;
      event.reason = AHOY_REASON_CANCELED;
      if (!event.target && ahoy_json_has (data, "user"))
        {
          ahoy_request_fail (request, AHOY_ERROR_INVALID_PARAMETER, "user is invalid");
          return;
        }
    }
  else if (type == AHOY_MESSAGE_CALL_HANGUP)
    {
      event.type = AHOY_EVENT_HANGUP;
      if (!read_leave_reason (data, &event.reason))
        {
          ahoy_request_fail (request, AHOY_ERROR_INVALID_PARAMETER, "why is invalid");
          return;
        }
    }
  else
    {
      member = ahoy_call_data_find (call, session->user_id);
      event.type = AHOY_EVENT_MEDIA;
      event.microphone = ahoy_json_get_bool (data, "microphone", member->microphone);
      event.camera = ahoy_json_get_bool (data, "camera", member->camera);
      event.screen = ahoy_json_get_bool (data, "screen", member->screen);
    }

  ahoy_calls_apply (request->server->calls, call, &event, request);
}

void
ahoy_calls_handle_sync (AhoyRequest *request,
                        JsonObject  *data)
{
  AhoyCallData *call = ahoy_calls_need (request, data);
  g_autoptr (JsonObject) answer = NULL;

  if (!call)
    return;

  answer = ahoy_call_to_wire (call, ahoy_call_data_find (call, request->session->user_id));
  ahoy_request_answer (request, answer);
}
