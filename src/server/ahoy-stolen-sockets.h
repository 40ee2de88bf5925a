/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Sockets of connections that are over. libsoup 3.2 loses a reference to the socket of each
 * connection that is stolen from it; what nobody else can hold any more is given back here.
 * With a libsoup that does not lose it nothing happens.
 */
typedef struct _AhoyStolenSockets AhoyStolenSockets;

AhoyStolenSockets *ahoy_stolen_sockets_new     (void);
void               ahoy_stolen_sockets_free    (AhoyStolenSockets *self);
/* Takes @socket, whose stream has been closed. */
void               ahoy_stolen_sockets_add     (AhoyStolenSockets *self,
                                                GSocket           *socket);
/* Every second. */
void               ahoy_stolen_sockets_release (AhoyStolenSockets *self);

G_END_DECLS
