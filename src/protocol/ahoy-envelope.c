/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-envelope.h"

#include "ahoy-error.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"

#include <string.h>

static gboolean
refuse (const char *what,
        GError    **error)
{
  g_set_error (error, AHOY_ERROR, AHOY_ERROR_BAD_JSON, "no envelope: %s", what);

  return FALSE;
}

static gboolean
read_answer (AhoyEnvelope *self,
             JsonObject   *root,
             GError      **error)
{
  JsonObject *err = ahoy_json_get_object (root, "err");

  self->kind = AHOY_ENVELOPE_ANSWER;
  self->id = g_strdup (ahoy_json_get_string (root, "re", AHOY_MAX_REQUEST_ID));
  if (!self->id)
    return refuse ("bad re", error);

  self->ok = ahoy_json_get_bool (root, "ok", err == NULL) && err == NULL;
  if (self->ok)
    return TRUE;

  if (!err)
    return refuse ("not ok without err", error);

  self->error_code = (int) CLAMP (ahoy_json_get_int (err, "code", AHOY_ERROR_INTERNAL), G_MININT, G_MAXINT);
  self->error_message = g_strdup (ahoy_json_get_string (err, "msg", AHOY_WIRE_MAX_FRAME));
  self->error_retry = ahoy_json_get_bool (err, "retry", FALSE);

  return TRUE;
}

static gboolean
read_typed (AhoyEnvelope *self,
            JsonObject   *root,
            GError      **error)
{
  self->type = g_strdup (ahoy_json_get_string (root, "t", AHOY_MAX_REQUEST_ID));
  if (!self->type)
    return refuse ("bad t", error);

  if (ahoy_json_has (root, "id"))
    {
      self->kind = AHOY_ENVELOPE_REQUEST;
      self->id = g_strdup (ahoy_json_get_string (root, "id", AHOY_MAX_REQUEST_ID));

      return self->id && *self->id ? TRUE : refuse ("bad id", error);
    }

  self->kind = AHOY_ENVELOPE_PUSH;
  self->seq = ahoy_json_get_int (root, "s", 0);

  return self->seq > 0 ? TRUE : refuse ("neither id nor s", error);
}

static gboolean
read_root (AhoyEnvelope *self,
           JsonObject   *root,
           GError      **error)
{
  JsonObject *data = ahoy_json_get_object (root, "d");

  if (!data && ahoy_json_has (root, "d"))
    return refuse ("d is no object", error);

  self->data = data ? json_object_ref (data) : json_object_new ();
  self->ack = MAX (ahoy_json_get_int (root, "ack", 0), 0);

  if (ahoy_json_has (root, "re"))
    return read_answer (self, root, error);
  if (ahoy_json_has (root, "t"))
    return read_typed (self, root, error);

  self->kind = AHOY_ENVELOPE_ACK;

  return self->ack > 0 ? TRUE : refuse ("nothing known in it", error);
}

/* The length is checked by whoever frames; here only depth and shape. */
AhoyEnvelope *
ahoy_envelope_parse (const char *text,
                     gsize       length,
                     GError    **error)
{
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (AhoyEnvelope) self = NULL;

  root = ahoy_json_parse_object (text, length, AHOY_WIRE_MAX_DEPTH, error);
  if (!root)
    return NULL;

  self = g_new0 (AhoyEnvelope, 1);
  if (!read_root (self, root, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
ahoy_envelope_free (AhoyEnvelope *self)
{
  if (!self)
    return;

  g_free (self->id);
  g_free (self->type);
  g_free (self->error_message);
  g_clear_pointer (&self->data, json_object_unref);
  g_free (self);
}

static char *
finish (JsonObject *root,
        JsonObject *data)
{
  g_autoptr (JsonObject) owned = root;

  if (data)
    json_object_set_object_member (owned, "d", json_object_ref (data));

  return ahoy_json_to_text (owned);
}

char *
ahoy_envelope_new_request (const char *id,
                           const char *type,
                           JsonObject *data,
                           gint64      ack)
{
  JsonObject *root = json_object_new ();

  json_object_set_string_member (root, "id", id);
  json_object_set_string_member (root, "t", type);
  if (ack > 0)
    json_object_set_int_member (root, "ack", ack);

  return finish (root, data);
}

char *
ahoy_envelope_new_answer (const char *id,
                          JsonObject *data)
{
  JsonObject *root = json_object_new ();

  json_object_set_string_member (root, "re", id);
  json_object_set_boolean_member (root, "ok", TRUE);

  return finish (root, data);
}

char *
ahoy_envelope_new_error (const char *id,
                         int         code,
                         const char *message,
                         gboolean    retry)
{
  JsonObject *root = json_object_new ();
  JsonObject *err = json_object_new ();

  json_object_set_int_member (err, "code", code);
  json_object_set_string_member (err, "msg", message ? message : "");
  json_object_set_boolean_member (err, "retry", retry);

  json_object_set_string_member (root, "re", id);
  json_object_set_boolean_member (root, "ok", FALSE);
  json_object_set_object_member (root, "err", err);

  return finish (root, NULL);
}

char *
ahoy_envelope_new_push (gint64      seq,
                        const char *type,
                        JsonObject *data)
{
  JsonObject *root = json_object_new ();

  json_object_set_int_member (root, "s", seq);
  json_object_set_string_member (root, "t", type);

  return finish (root, data);
}

char *
ahoy_envelope_new_ack (gint64 seq)
{
  JsonObject *root = json_object_new ();

  json_object_set_int_member (root, "ack", seq);

  return finish (root, NULL);
}
