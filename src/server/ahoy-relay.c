/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-calls.h"

#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"

/* Session descriptions, candidates and peer states: passed between members, never stored.
 * Only known fields travel on, so that nothing strange reaches the other client. */

/* What stands around texts that are passed on; the rest of a frame is theirs. */
#define AROUND_BYTES 8192

static gboolean
refuse_long (const char *name,
             GError    **error)
{
  g_set_error (error, AHOY_ERROR, AHOY_ERROR_INVALID_PARAMETER, "%s is too long to be passed on", name);

  return FALSE;
}

static gboolean
copy_word (JsonObject        *from,
           JsonObject        *to,
           const char        *name,
           const char *const *words,
           GError           **error)
{
  const char *word;

  if (!ahoy_json_need_string (from, name, 16, &word, error))
    return FALSE;
  if (!g_strv_contains (words, word))
    {
      g_set_error (error, AHOY_ERROR, AHOY_ERROR_INVALID_PARAMETER, "%s is invalid", name);
      return FALSE;
    }
  json_object_set_string_member (to, name, word);

  return TRUE;
}

static gboolean
copy_description (JsonObject *from,
                  JsonObject *to,
                  GError    **error)
{
  static const char *const kinds[] = { "offer", "answer", NULL };
  const char *sdp;

  if (!copy_word (from, to, "kind", kinds, error) ||
      !ahoy_json_need_string (from, "sdp", AHOY_MAX_SDP, &sdp, error))
    return FALSE;
  if (ahoy_json_escaped_length (sdp) > AHOY_WIRE_MAX_FRAME - AROUND_BYTES)
    return refuse_long ("sdp", error);
  json_object_set_string_member (to, "sdp", sdp);

  return TRUE;
}

static gboolean
copy_candidates (JsonObject *from,
                 JsonObject *to,
                 GError    **error)
{
  JsonArray *candidates = ahoy_json_get_array (from, "cands");
  JsonArray *copies;
  guint n = candidates ? json_array_get_length (candidates) : 0;
  gsize size = 0;

  if (n == 0 || n > AHOY_MAX_CANDIDATES)
    {
      g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_INVALID_PARAMETER, "cands is missing or too long");
      return FALSE;
    }

  copies = json_array_new ();
  json_object_set_array_member (to, "cands", copies);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (candidates, i);
      JsonObject *copy;
      const char *candidate = NULL;
      gint64 mline = 0;

      if (!JSON_NODE_HOLDS_OBJECT (node) ||
          !ahoy_json_need_string (json_node_get_object (node), "cand", AHOY_MAX_CANDIDATE, &candidate, NULL) ||
          !ahoy_json_need_int (json_node_get_object (node), "mline", 0, 64, &mline, NULL))
        {
          g_set_error_literal (error, AHOY_ERROR, AHOY_ERROR_INVALID_PARAMETER, "cands has an invalid element");
          return FALSE;
        }

      size += ahoy_json_escaped_length (candidate);
      if (size > AHOY_WIRE_MAX_FRAME - AROUND_BYTES)
        return refuse_long ("cands", error);

      copy = json_object_new ();
      json_object_set_int_member (copy, "mline", mline);
      json_object_set_string_member (copy, "cand", candidate);
      json_array_add_object_element (copies, copy);
    }

  return TRUE;
}

static gboolean
copy_state (JsonObject *from,
            JsonObject *to,
            GError    **error)
{
  static const char *const words[] = { "ready", "rebuild", "close", "hide", "show", NULL };

  return copy_word (from, to, "what", words, error);
}

/* TRUE when this device of a member may talk about media: it is in the call, or it rings. */
static gboolean
may_speak (const AhoyMember *member,
           const char       *device)
{
  if (!member)
    return FALSE;

  return ahoy_member_is_waiting (member) ||
         (ahoy_member_is_in (member) && g_strcmp0 (member->device, device) == 0);
}

static gboolean
make_push (AhoyRequest    *request,
           JsonObject     *data,
           AhoyMessageType type,
           JsonObject     *push,
           GError        **error)
{
  gint64 gen;

  if (!ahoy_json_need_int (data, "gen", 0, G_MAXINT32, &gen, error))
    return FALSE;

  json_object_set_string_member (push, "call", ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID));
  json_object_set_string_member (push, "from", request->session->user_id);
  json_object_set_string_member (push, "fromDevice", request->session->device);
  json_object_set_int_member (push, "gen", gen);
  if (type == AHOY_MESSAGE_SDP)
    return copy_description (data, push, error);
  if (type == AHOY_MESSAGE_ICE)
    return copy_candidates (data, push, error);

  return copy_state (data, push, error);
}

void
ahoy_relay_handle (AhoyRequest    *request,
                   JsonObject     *data,
                   AhoyMessageType type)
{
  AhoySession *session = request->session;
  const char *device = ahoy_json_get_string (data, "device", AHOY_MAX_DEVICE_ID);
  const char *to = ahoy_json_get_string (data, "to", AHOY_MAX_USER_ID);
  g_autoptr (JsonObject) push = json_object_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = NULL;
  AhoyCallData *call;
  AhoyMember *target;

  call = ahoy_calls_find (request->server->calls, ahoy_json_get_string (data, "call", AHOY_MAX_CALL_ID),
                          session->app_id);
  if (!call || !may_speak (ahoy_call_data_find (call, session->user_id), session->device))
    {
      ahoy_request_fail (request, AHOY_ERROR_INVITATION_OVER, NULL);
      return;
    }

  target = to ? ahoy_call_data_find (call, to) : NULL;
  if (!target || g_strcmp0 (to, session->user_id) == 0)
    {
      ahoy_request_fail (request, AHOY_ERROR_INVALID_PARAMETER, "to is no other member of this call");
      return;
    }
  if (device && !*device)
    device = NULL;
  if (!device && ahoy_member_is_in (target))
    device = target->device;

  if (!make_push (request, data, type, push, &error))
    {
      ahoy_request_fail_with (request, error);
      return;
    }

  /* A device that did not win is told "close" only: it may have built a connection already. */
  if (may_speak (target, device ? device : target->device) ||
      (type == AHOY_MESSAGE_PEER && target->status != AHOY_MEMBER_LEFT))
    {
      uid = ahoy_make_uid (call->app_id, target->user);
      ahoy_registry_push (request->server->registry, uid, device, NULL, type, push);
      ahoy_request_answer (request, NULL);
    }
  else
    {
      ahoy_request_fail (request, AHOY_ERROR_INVITATION_OVER, NULL);
    }
}
