/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the command line and, where it is silent, the environment say. */
typedef struct
{
  char *server;        /* (owned) (nullable) */
  guint64 app_id;      /* 0 when not given */
  char *user;          /* (owned) (nullable) */
  char *user_sig_file; /* (owned) (nullable), "-" for standard input */
  char *tls_ca;        /* (owned) (nullable) */
  char *bus_name;      /* (owned) (nullable) NULL: not on the bus */
  char **callees;      /* (owned) (nullable) */
  gboolean video;
  gboolean echo;
  gboolean accept;     /* every call that rings, without echo */
  gboolean auto_join;  /* the calls of the user's groups */
  gboolean no_camera;
  int duration_s;      /* 0: as long as the others like */
  gboolean show_version;
} AhoyAgentOptions;

/* NULL with @error (G_OPTION_ERROR) when they make no sense. */
AhoyAgentOptions *ahoy_agent_options_parse    (int                     *argc,
                                               char                  ***argv,
                                               GError                 **error);
void              ahoy_agent_options_free     (AhoyAgentOptions        *self);
/* Whether there is somebody to sign in; else the agent waits for Login on the bus. */
gboolean          ahoy_agent_options_has_user (const AhoyAgentOptions  *self);
/* The ticket, from the file or from standard input. (transfer full) */
char             *ahoy_agent_options_read_sig (const AhoyAgentOptions  *self,
                                               GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyAgentOptions, ahoy_agent_options_free)

G_END_DECLS
