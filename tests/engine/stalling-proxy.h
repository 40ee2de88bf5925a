/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* A port that passes everything on to another one, until the network is dead: then what was open stays open and
 * silent for ever, and new connections are taken but hear nothing. */
typedef struct _StallingProxy StallingProxy;

StallingProxy *stalling_proxy_new       (guint          port);
/* The same at @address, an IPv4 address of this machine, and with a port that is given. */
StallingProxy *stalling_proxy_new_at    (const char    *address,
                                         guint          own_port,
                                         guint          port);
void           stalling_proxy_free      (StallingProxy *self);
guint          stalling_proxy_get_port  (StallingProxy *self);
void           stalling_proxy_set_dead  (StallingProxy *self,
                                         gboolean       dead);
