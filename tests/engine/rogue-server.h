/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* A server that speaks the wire just well enough to be believed, and then says whatever the test wants. */
typedef struct _RogueServer RogueServer;

/* @certificate: (nullable) for TLS */
RogueServer *rogue_server_new        (GTlsCertificate *certificate);
void         rogue_server_free       (RogueServer     *self);
char        *rogue_server_make_uri   (RogueServer     *self);
/* What requests of that type are answered with from now on: the "d", or a whole frame that begins with '!'.
 * Without one the answer is an empty object. */
void         rogue_server_set_answer (RogueServer     *self,
                                      const char      *type,
                                      const char      *data);
void         rogue_server_send       (RogueServer     *self,
                                      const char      *text);
void         rogue_server_push       (RogueServer     *self,
                                      const char      *type,
                                      const char      *data);
/* How many requests of that type have come. */
guint        rogue_server_count      (RogueServer     *self,
                                      const char      *type);
