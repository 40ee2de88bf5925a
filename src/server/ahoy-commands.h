/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the words after "ahoy-server" may set. */
typedef struct
{
  char *data_dir;  /* never NULL */
  char *listen;
  char *tls_cert;
  char *tls_key;
  char *port_file;
  char *server;
  gint64 expire_s;
} AhoyCommandOptions;

void  ahoy_command_options_clear (AhoyCommandOptions *options);
/* Where data are when nobody says so: systemd's state directory, else the user's. */
char *ahoy_command_find_data_dir (void);

/* Each returns an exit code of sysexits.h; @argument is the user of a ticket. */
int ahoy_command_init       (const AhoyCommandOptions *options,
                             const char               *argument);
int ahoy_command_run        (const AhoyCommandOptions *options,
                             const char               *argument);
int ahoy_command_user_sig   (const AhoyCommandOptions *options,
                             const char               *argument);
int ahoy_command_login_link (const AhoyCommandOptions *options,
                             const char               *argument);

G_END_DECLS
