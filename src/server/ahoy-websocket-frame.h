/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 6455 framing without any I/O: bytes in, messages out. No extensions. */

typedef enum
{
  AHOY_WEBSOCKET_CONTINUATION = 0x0,
  AHOY_WEBSOCKET_TEXT = 0x1,
  AHOY_WEBSOCKET_BINARY = 0x2,
  AHOY_WEBSOCKET_CLOSE = 0x8,
  AHOY_WEBSOCKET_PING = 0x9,
  AHOY_WEBSOCKET_PONG = 0xa,
} AhoyWebsocketOpcode;

/* Called for each whole message and each control frame; text is valid UTF-8 already.
 * Returns FALSE to leave the rest of the bytes alone. */
typedef gboolean (*AhoyWebsocketFunc) (AhoyWebsocketOpcode opcode,
                                       const guint8       *data,
                                       gsize               length,
                                       gpointer            user_data);

typedef struct
{
  GByteArray *pending;  /* (owned) (nullable) bytes of a frame that is not complete */
  GByteArray *message;  /* (owned) (nullable) the fragments so far */
  gsize max_message;
  guint8 opcode;        /* of the message in fragments, 0 when there is none */
  gboolean from_client; /* frames must be masked; else they must not be */
} AhoyWebsocketParser;

void     ahoy_websocket_parser_init    (AhoyWebsocketParser *self,
                                        gboolean             from_client,
                                        gsize                max_message);
void     ahoy_websocket_parser_clear   (AhoyWebsocketParser *self);
/* @data is unmasked in place. Returns 0, or the close code for what is wrong. */
int      ahoy_websocket_parser_feed    (AhoyWebsocketParser *self,
                                        guint8              *data,
                                        gsize                length,
                                        AhoyWebsocketFunc    func,
                                        gpointer             user_data);
/* Appends one final frame; @mask is NULL from a server. */
void     ahoy_websocket_append_frame   (GByteArray          *out,
                                        AhoyWebsocketOpcode  opcode,
                                        const void          *data,
                                        gsize                length,
                                        const guint8         mask[4]);
/* The code of a close frame: 1005 when it has none, 0 when it is malformed. */
int      ahoy_websocket_get_close_code (const guint8        *data,
                                        gsize                length);

G_END_DECLS
