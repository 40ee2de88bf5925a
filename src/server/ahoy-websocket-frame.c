/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-websocket-frame.h"

#include "ahoy-protocol-tables.h"

#include <string.h>

#define MAX_CONTROL 125

typedef struct
{
  gboolean final;
  gboolean masked;
  guint8 opcode;
  guint8 mask[4];
  gsize header;   /* bytes before the payload */
  guint64 length; /* of the payload */
} Frame;

void
ahoy_websocket_parser_init (AhoyWebsocketParser *self,
                            gboolean             from_client,
                            gsize                max_message)
{
  *self = (AhoyWebsocketParser) { .from_client = from_client, .max_message = max_message };
}

void
ahoy_websocket_parser_clear (AhoyWebsocketParser *self)
{
  g_clear_pointer (&self->pending, g_byte_array_unref);
  g_clear_pointer (&self->message, g_byte_array_unref);
  self->opcode = 0;
}

/* Returns FALSE when there are too few bytes to tell. */
static gboolean
read_header (const guint8 *data,
             gsize         length,
             Frame        *frame)
{
  guint extra;

  if (length < 2)
    return FALSE;

  frame->final = (data[0] & 0x80) != 0;
  frame->opcode = data[0] & 0x0f;
  frame->masked = (data[1] & 0x80) != 0;
  frame->length = data[1] & 0x7f;
  extra = frame->length == 127 ? 8 : frame->length == 126 ? 2 : 0;
  frame->header = 2 + extra + (frame->masked ? 4 : 0);
  if (length < frame->header)
    return FALSE;

  if (extra > 0)
    {
      frame->length = 0;
      for (guint i = 0; i < extra; i++)
        frame->length = frame->length << 8 | data[2 + i];
    }
  if (frame->masked)
    memcpy (frame->mask, data + 2 + extra, 4);

  return TRUE;
}

static gboolean
is_control (guint8 opcode)
{
  return (opcode & 0x8) != 0;
}

/* What can be judged from two bytes on: 0, or a close code. */
static int
judge_start (AhoyWebsocketParser *self,
             const guint8        *data,
             gsize                length)
{
  guint8 opcode = data[0] & 0x0f;
  gboolean final = (data[0] & 0x80) != 0;

  if ((data[0] & 0x70) != 0)
    return AHOY_CLOSE_PROTOCOL;
  if (length >= 2 && ((data[1] & 0x80) != 0) != self->from_client)
    return AHOY_CLOSE_PROTOCOL;

  if (is_control (opcode))
    {
      if (opcode > AHOY_WEBSOCKET_PONG || !final)
        return AHOY_CLOSE_PROTOCOL;
      if (length >= 2 && (data[1] & 0x7f) > MAX_CONTROL)
        return AHOY_CLOSE_PROTOCOL;
      return 0;
    }

  if (opcode > AHOY_WEBSOCKET_BINARY)
    return AHOY_CLOSE_PROTOCOL;
  /* A continuation needs a beginning, and a beginning must not interrupt another message. */
  if ((opcode == AHOY_WEBSOCKET_CONTINUATION) != (self->opcode != 0))
    return AHOY_CLOSE_PROTOCOL;

  return 0;
}

static int
judge_length (AhoyWebsocketParser *self,
              const Frame         *frame)
{
  gsize so_far = self->message ? self->message->len : 0;

  if (is_control (frame->opcode))
    return 0;

  return frame->length > self->max_message - MIN (so_far, self->max_message) ? AHOY_CLOSE_TOO_BIG : 0;
}

static void
unmask (guint8      *data,
        gsize        length,
        const guint8 mask[4])
{
  for (gsize i = 0; i < length; i++)
    data[i] ^= mask[i & 3];
}

static int
deliver (AhoyWebsocketOpcode opcode,
         const guint8       *data,
         gsize               length,
         AhoyWebsocketFunc   func,
         gpointer            user_data,
         gboolean           *go_on)
{
  if (opcode == AHOY_WEBSOCKET_TEXT && !g_utf8_validate_len ((const char *) data, length, NULL) &&
      length > 0)
    return AHOY_CLOSE_BAD_TEXT;
  if (opcode == AHOY_WEBSOCKET_CLOSE &&
      ahoy_websocket_get_close_code (data, length) == 0)
    return AHOY_CLOSE_PROTOCOL;

  *go_on = func (opcode, data, length, user_data);

  return 0;
}

static int
take_frame (AhoyWebsocketParser *self,
            const Frame         *frame,
            guint8              *payload,
            AhoyWebsocketFunc    func,
            gpointer             user_data,
            gboolean            *go_on)
{
  g_autoptr (GByteArray) message = NULL;
  guint8 opcode;

  if (frame->masked)
    unmask (payload, frame->length, frame->mask);
  if (is_control (frame->opcode) || (frame->final && self->opcode == 0))
    return deliver (frame->opcode, payload, frame->length, func, user_data, go_on);

  if (self->opcode == 0)
    self->opcode = frame->opcode;
  if (!self->message)
    self->message = g_byte_array_new ();
  g_byte_array_append (self->message, payload, (guint) frame->length);
  if (!frame->final)
    return 0;

  opcode = self->opcode;
  self->opcode = 0;
  message = g_steal_pointer (&self->message);

  return deliver (opcode, message->data, message->len, func, user_data, go_on);
}

/* Takes the frames that are complete in @data; @used says how far it came. */
static int
take_frames (AhoyWebsocketParser *self,
             guint8              *data,
             gsize                length,
             gsize               *used,
             AhoyWebsocketFunc    func,
             gpointer             user_data)
{
  gboolean go_on = TRUE;
  gsize at = 0;
  int code = 0;

  while (go_on && code == 0 && at < length)
    {
      Frame frame;

      code = judge_start (self, data + at, length - at);
      if (code != 0 || !read_header (data + at, length - at, &frame))
        break;
      code = judge_length (self, &frame);
      if (code != 0 || length - at - frame.header < frame.length)
        break;

      code = take_frame (self, &frame, data + at + frame.header, func, user_data, &go_on);
      at += frame.header + frame.length;
    }

  *used = go_on ? at : length;

  return code;
}

int
ahoy_websocket_parser_feed (AhoyWebsocketParser *self,
                            guint8              *data,
                            gsize                length,
                            AhoyWebsocketFunc    func,
                            gpointer             user_data)
{
  g_autoptr (GByteArray) joined = NULL;
  gsize used = 0;
  int code;

  /* The usual case is whole frames, which need no copy. */
  if (self->pending)
    {
      joined = g_steal_pointer (&self->pending);
      g_byte_array_append (joined, data, (guint) length);
      data = joined->data;
      length = joined->len;
    }

  code = take_frames (self, data, length, &used, func, user_data);
  if (code == 0 && used == 0 && joined)
    {
      /* Kept as it is: copied for each byte that trickles in, a long frame would cost its square. */
      self->pending = g_steal_pointer (&joined);
    }
  else if (code == 0 && used < length)
    {
      self->pending = g_byte_array_new ();
      g_byte_array_append (self->pending, data + used, (guint) (length - used));
    }

  return code;
}

void
ahoy_websocket_append_frame (GByteArray         *out,
                             AhoyWebsocketOpcode opcode,
                             const void         *data,
                             gsize               length,
                             const guint8        mask[4])
{
  guint8 header[14];
  guint size = 2;
  guint payload;

  header[0] = 0x80 | opcode;
  header[1] = mask ? 0x80 : 0;
  if (length < 126)
    {
      header[1] |= length;
    }
  else if (length <= G_MAXUINT16)
    {
      header[1] |= 126;
      header[2] = length >> 8;
      header[3] = length & 0xff;
      size = 4;
    }
  else
    {
      header[1] |= 127;
      for (int i = 0; i < 8; i++)
        header[2 + i] = ((guint64) length >> (56 - 8 * i)) & 0xff;
      size = 10;
    }
  if (mask)
    {
      memcpy (header + size, mask, 4);
      size += 4;
    }

  g_byte_array_append (out, header, size);
  payload = out->len;
  if (length > 0)
    g_byte_array_append (out, data, (guint) length);
  if (mask)
    unmask (out->data + payload, length, mask);
}

int
ahoy_websocket_get_close_code (const guint8 *data,
                               gsize         length)
{
  int code;

  if (length == 0)
    return 1005;
  if (length == 1 || !g_utf8_validate ((const char *) data + 2, (gssize) length - 2, NULL))
    return 0;

  code = data[0] << 8 | data[1];
  /* 1004 to 1006 and 1015 never travel; below 1000 and above 4999 is nobody's. */
  if (code < 1000 || code > 4999 || (code >= 1004 && code <= 1006) || (code >= 1015 && code < 3000))
    return 0;

  return code;
}
