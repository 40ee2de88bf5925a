/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-calls.h"

#include "ahoy-error.h"
#include "ahoy-groups.h"
#include "ahoy-invitation.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-people.h"

/* Requests about who else is in a call, and on which device. */

void
ahoy_calls_handle_add (AhoyRequest *request,
                       JsonObject  *data)
{
  AhoyServer *server = request->server;
  AhoySession *session = request->session;
  AhoyCallData *call = ahoy_calls_need (request, data);
  g_auto (AhoyInvitation) invitation = { 0 };
  g_autoptr (GArray) people = NULL;
  g_autoptr (GError) error = NULL;
  AhoyCallEvent event;
  AhoyGroup *group;

  if (!call)
    return;
  if (!ahoy_invitation_read_people (&invitation, session, data, &error))
    {
      ahoy_request_fail_with (request, error);
      return;
    }
  group = ahoy_groups_find (server->groups, session->app_id, call->group);
  if (group && !ahoy_group_has_all (group, invitation.to))
    {
      ahoy_request_fail (request, AHOY_ERROR_PARAM_INVALID, "not all are members of the group");
      return;
    }
  if (session->is_lapsed)
    {
      ahoy_request_fail (request, AHOY_ERROR_USER_SIG_EXPIRED, NULL);
      return;
    }
  if (!ahoy_registry_take_invite (server->registry, session->uid, &server->config->invites))
    {
      ahoy_request_fail (request, AHOY_ERROR_TOO_FREQUENT, NULL);
      return;
    }

  people = ahoy_invitation_list (&invitation, server, session, call);
  event = (AhoyCallEvent) {
    .type = AHOY_EVENT_ADD,
    .now_ms = ahoy_calls_now_ms (server->calls),
    .user = session->user_id,
    .device = session->device,
    .people = people,
  };
  event.deadline_ms = event.now_ms + invitation.timeout_s * 1000;
  ahoy_calls_apply (server->calls, call, &event, request);
}

/* (nullable): then @code says why. */
static AhoyCallData *
find_call_to_join (AhoyServer  *server,
                   AhoySession *session,
                   JsonObject  *data,
                   int         *code)
{
  const char *call_id = ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID);
  const char *group_id = ahoy_json_get_string (data, "group", AHOY_MAX_GROUP_ID);
  AhoyGroup *group = ahoy_groups_find (server->groups, session->app_id, group_id);

  *code = AHOY_ERROR_INVITATION_OVER;
  if (call_id && *call_id)
    return ahoy_calls_find (server->calls, call_id, session->app_id);
  if (group && ahoy_group_has (group, session->user_id))
    return ahoy_calls_find_group (server->calls, session->app_id, group_id);

  *code = AHOY_ERROR_PARAM_INVALID;

  return NULL;
}

/* 0 when this user may enter @call, as far as other calls and groups are concerned. */
static int
check_joiner (AhoyServer   *server,
              AhoySession  *session,
              AhoyCallData *call)
{
  AhoyCallData *mine = ahoy_calls_find_user (server->calls, session->uid);
  AhoyGroup *group = ahoy_groups_find (server->groups, session->app_id, call->group);

  if (mine && mine != call)
    return AHOY_ERROR_REQUEST_REFUSED;
  /* The id of a call opens it, but not that of a group to strangers. */
  if (!mine && group && !ahoy_group_has (group, session->user_id))
    return AHOY_ERROR_REQUEST_REFUSED;

  return session->is_lapsed ? AHOY_ERROR_USER_SIG_EXPIRED : 0;
}

void
ahoy_calls_handle_join (AhoyRequest *request,
                        JsonObject  *data)
{
  AhoyServer *server = request->server;
  AhoySession *session = request->session;
  const AhoyStoredProfile *profile;
  AhoyCallEvent event;
  int code;
  AhoyCallData *call = find_call_to_join (server, session, data, &code);

  if (call)
    code = check_joiner (server, session, call);
  if (code != 0)
    {
      ahoy_request_fail (request, code, NULL);
      return;
    }

  profile = ahoy_people_get_profile (server->people, session->app_id, session->user_id);
  event = (AhoyCallEvent) {
    .type = AHOY_EVENT_JOIN,
    .now_ms = ahoy_calls_now_ms (server->calls),
    .user = session->user_id,
    .device = session->device,
    .nickname = profile->nickname,
    .avatar = profile->avatar,
  };
  ahoy_calls_apply (server->calls, call, &event, request);
}

void
ahoy_calls_handle_switch (AhoyRequest *request,
                          JsonObject  *data)
{
  AhoySession *session = request->session;
  gint64 now_ms = ahoy_calls_now_ms (request->server->calls);
  AhoyCallData *call = ahoy_calls_need (request, data);
  const char *media = ahoy_json_get_string (data, "media", 8);
  AhoyCallEvent event = {
    .type = AHOY_EVENT_SWITCH,
    .now_ms = now_ms,
    .user = session->user_id,
    .device = session->device,
    .media = media,
  };

  if (!call)
    return;
  if (g_strcmp0 (media, "audio") != 0 && g_strcmp0 (media, "video") != 0)
    {
      ahoy_request_fail (request, AHOY_ERROR_PARAM_INVALID, "media is neither audio nor video");
      return;
    }

  ahoy_calls_apply (request->server->calls, call, &event, request);
}

void
ahoy_calls_handle_move (AhoyRequest *request,
                        JsonObject  *data)
{
  AhoySession *session = request->session;
  gint64 now_ms = ahoy_calls_now_ms (request->server->calls);
  AhoyCallData *call = ahoy_calls_need (request, data);
  AhoyCallEvent event = {
    .type = AHOY_EVENT_MOVE,
    .now_ms = now_ms,
    .user = session->user_id,
    .device = session->device,
  };

  if (call)
    ahoy_calls_apply (request->server->calls, call, &event, request);
}
