/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Who signs in where. The ticket is a secret: it goes into the keyring and to the server, never into a log. */
typedef struct
{
  char *server;    /* (owned) http(s):// or ws(s):// address, normalized */
  guint64 app_id;
  char *user_id;   /* (owned) */
  char *user_sig;  /* (owned) */
} AhoyAccount;

#define AHOY_TYPE_ACCOUNT (ahoy_account_get_type ())
GType        ahoy_account_get_type         (void);
AhoyAccount *ahoy_account_new              (const char         *server,
                                            guint64             app_id,
                                            const char         *user_id,
                                            const char         *user_sig);
AhoyAccount *ahoy_account_copy             (const AhoyAccount  *self);
void         ahoy_account_free             (AhoyAccount        *self);
/* What a person types ("calls.example", "localhost:8080", "wss://…") as an address the engine takes.
 * Errors: G_URI_ERROR. */
char        *ahoy_account_normalize_server (const char         *text,
                                            GError            **error);
/* The host, and the port when it is given, for messages. */
char        *ahoy_account_dup_host         (const AhoyAccount  *self);
/* Digits only, not 0. */
gboolean     ahoy_account_parse_app_id     (const char         *text,
                                            guint64            *app_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyAccount, ahoy_account_free)

G_END_DECLS
