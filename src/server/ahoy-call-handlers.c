/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-calls.h"

#include "ahoy-call-json.h"
#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-people.h"
#include "ahoy-user-sig.h"

/* What call.invite says, checked. Strings belong to the message. */
typedef struct
{
  GPtrArray *to; /* of char *, without repeats and without the inviter */
  const char *media;
  const char *user_data;
  const char *room;
  const char *group;
  gint64 timeout_s;
} Invitation;

static gboolean
read_people (AhoySession *session,
             JsonObject  *data,
             Invitation  *invitation)
{
  g_auto (GStrv) to = ahoy_json_get_strings (data, "to", 64, AHOY_MAX_USER_ID);

  for (guint i = 0; to && to[i]; i++)
    {
      if (!ahoy_user_id_is_valid (to[i]))
        return FALSE;
      if (g_strcmp0 (to[i], session->user_id) == 0 ||
          g_ptr_array_find_with_equal_func (invitation->to, to[i], g_str_equal, NULL))
        continue;

      g_ptr_array_add (invitation->to, g_strdup (to[i]));
    }

  return invitation->to->len > 0 && invitation->to->len < AHOY_MAX_PEOPLE;
}

static gboolean
read_invitation (AhoySession *session,
                 JsonObject  *data,
                 Invitation  *invitation,
                 GError     **error)
{
  if (!read_people (session, data, invitation))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "to has nobody, too many, or an invalid id");
      return FALSE;
    }
  if (!ahoy_json_need_string (data, "media", 8, &invitation->media, error) ||
      !ahoy_json_take_string (data, "userData", AHOY_MAX_USER_DATA, &invitation->user_data, error) ||
      !ahoy_json_take_string (data, "room", AHOY_MAX_ROOM_ID, &invitation->room, error) ||
      !ahoy_json_take_string (data, "group", AHOY_MAX_GROUP_ID, &invitation->group, error))
    return FALSE;

  invitation->timeout_s = ahoy_json_get_int (data, "timeout", 0);
  if (invitation->timeout_s == 0)
    invitation->timeout_s = AHOY_RING_TIMEOUT_DEFAULT_S;
  if (invitation->timeout_s < AHOY_RING_TIMEOUT_MIN_S || invitation->timeout_s > AHOY_RING_TIMEOUT_MAX_S ||
      (g_strcmp0 (invitation->media, "audio") != 0 && g_strcmp0 (invitation->media, "video") != 0))
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "timeout or media is out of range");
      return FALSE;
    }

  return TRUE;
}

static AhoyMember *
add_member (AhoyServer   *server,
            AhoyCallData *call,
            const char   *user_id)
{
  const AhoyStoredProfile *profile = ahoy_people_get_profile (server->people, call->app_id, user_id);

  return ahoy_call_data_add (call, user_id, profile->nickname, profile->avatar);
}

static AhoyCallData *
make_call (AhoyServer       *server,
           AhoySession      *session,
           const Invitation *invitation)
{
  g_autofree char *id = g_uuid_string_random ();
  AhoyCallData *call = ahoy_call_data_new (id, session->app_id, session->user_id);
  AhoyMember *inviter = add_member (server, call, session->user_id);

  call->created_ms = ahoy_now_ms ();
  call->deadline_ms = call->created_ms + invitation->timeout_s * 1000;
  call->media = g_strdup (invitation->media);
  call->user_data = g_strdup (invitation->user_data ? invitation->user_data : "");
  call->room = g_strdup (invitation->room ? invitation->room : "");
  call->group = g_strdup (invitation->group ? invitation->group : "");

  inviter->status = AHOY_MEMBER_ACCEPTED;
  inviter->joined_ms = call->created_ms;
  g_free (inviter->device);
  inviter->device = g_strdup (session->device);

  for (guint i = 0; i < invitation->to->len; i++)
    {
      const char *user_id = g_ptr_array_index (invitation->to, i);
      g_autofree char *uid = ahoy_make_uid (call->app_id, user_id);
      AhoyMember *member = add_member (server, call, user_id);

      if (ahoy_calls_find_user (server->calls, uid))
        {
          member->status = AHOY_MEMBER_LEFT;
          member->reason = AHOY_REASON_BUSY;
          member->left_ms = call->created_ms;
        }
    }

  return call;
}

/* The one whom I call is calling me, and nobody else is in it. */
static gboolean
is_glare (AhoyCallData     *call,
          AhoySession      *session,
          const Invitation *invitation)
{
  AhoyMember *me = ahoy_call_data_find (call, session->user_id);

  return call->phase == AHOY_PHASE_RINGING && call->members->len == 2 && invitation->to->len == 1 &&
         me && ahoy_member_is_waiting (me) &&
         g_strcmp0 (call->inviter, g_ptr_array_index (invitation->to, 0)) == 0;
}

static void
join_glare (AhoyServer   *server,
            AhoyCallData *call,
            AhoyRequest  *request)
{
  AhoyCallEvent event = {
    .type = AHOY_EVENT_ACCEPT,
    .now_ms = ahoy_now_ms (),
    .user = request->session->user_id,
    .device = request->session->device,
  };

  ahoy_calls_apply (server->calls, call, &event, request, TRUE);
}

void
ahoy_calls_handle_invite (AhoyRequest *request,
                          JsonObject  *data)
{
  AhoyServer *server = request->server;
  AhoySession *session = request->session;
  g_autoptr (GPtrArray) to = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Invitation invitation = { .to = to };
  AhoyCallData *call;

  if (!read_invitation (session, data, &invitation, &error))
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
  if (call)
    {
      ahoy_request_fail (request, AHOY_ERROR_REQUEST_REFUSED, "already in a call");
      return;
    }
  if (!ahoy_registry_take_invite (server->registry, session->uid, &server->config->invites))
    {
      ahoy_request_fail (request, AHOY_ERROR_TOO_FREQUENT, NULL);
      return;
    }

  call = make_call (server, session, &invitation);
  call->ephemeral = ahoy_json_get_bool (data, "ephemeral", FALSE);
  ahoy_calls_start (server->calls, call, request);
}

static AhoyCallData *
need_call (AhoyRequest *request,
           JsonObject  *data)
{
  const char *call_id = ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID);
  AhoyCallData *call = ahoy_calls_find (request->server->calls, call_id, request->session->app_id);

  /* Of a call that is not mine not even its existence is told. */
  if (call && ahoy_call_data_find (call, request->session->user_id))
    return call;

  ahoy_request_fail (request, call_id ? AHOY_ERROR_INVITATION_OVER : AHOY_ERROR_INVALID_PARAMETER, NULL);

  return NULL;
}

/* FALSE when "why" is no word of the table. */
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
  AhoyCallData *call = need_call (request, data);
  AhoyCallEvent event = { .now_ms = ahoy_now_ms (), .user = session->user_id, .device = session->device };
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
      event.type = AHOY_EVENT_CANCEL;
      event.reason = AHOY_REASON_CANCELED;
    }
  else if (type == AHOY_MESSAGE_CALL_HANGUP)
    {
      event.type = AHOY_EVENT_HANGUP;
      event.reason = AHOY_REASON_HANGUP;
    }
  else
    {
      member = ahoy_call_data_find (call, session->user_id);
      event.type = AHOY_EVENT_MEDIA;
      event.microphone = ahoy_json_get_bool (data, "microphone", member->microphone);
      event.camera = ahoy_json_get_bool (data, "camera", member->camera);
      event.screen = ahoy_json_get_bool (data, "screen", member->screen);
    }

  ahoy_calls_apply (request->server->calls, call, &event, request, event.type == AHOY_EVENT_ACCEPT);
}

void
ahoy_calls_handle_sync (AhoyRequest *request,
                        JsonObject  *data)
{
  AhoyCallData *call = need_call (request, data);
  g_autoptr (JsonObject) answer = NULL;

  if (!call)
    return;

  answer = ahoy_call_to_wire (call);
  ahoy_request_answer (request, answer);
}
