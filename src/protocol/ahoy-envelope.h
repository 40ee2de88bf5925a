/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  AHOY_ENVELOPE_REQUEST,
  AHOY_ENVELOPE_ANSWER,
  AHOY_ENVELOPE_PUSH,
  AHOY_ENVELOPE_ACK,
} AhoyEnvelopeKind;

typedef struct
{
  AhoyEnvelopeKind kind;
  char *id;            /* (owned) request: its id; answer: the id it answers */
  char *type;          /* (owned) (nullable) name of the message; NULL in answers and acks */
  JsonObject *data;    /* (owned) never NULL, empty when the frame has no "d" */
  gint64 seq;          /* push: its number */
  gint64 ack;          /* the "ack" that came with it, 0 when none */
  gboolean ok;         /* answer only */
  int error_code;      /* answer that is not ok */
  char *error_message; /* (owned) (nullable) */
  gboolean error_retry;
} AhoyEnvelope;

AhoyEnvelope *ahoy_envelope_parse       (const char *text,
                                         gsize       length,
                                         GError    **error);
void          ahoy_envelope_free        (AhoyEnvelope *self);
/* The builders take ownership of nothing and return the text of a frame. @data may be NULL. */
char         *ahoy_envelope_new_request (const char *id,
                                         const char *type,
                                         JsonObject *data,
                                         gint64      ack);
char         *ahoy_envelope_new_answer  (const char *id,
                                         JsonObject *data);
char         *ahoy_envelope_new_error   (const char *id,
                                         int         code,
                                         const char *message,
                                         gboolean    retry);
char         *ahoy_envelope_new_push    (gint64      seq,
                                         const char *type,
                                         JsonObject *data);
char         *ahoy_envelope_new_ack     (gint64      seq);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyEnvelope, ahoy_envelope_free)

G_END_DECLS
