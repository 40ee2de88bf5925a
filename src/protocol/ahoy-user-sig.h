/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a userSig says of itself, before anything of it is believed. */
typedef struct
{
  char *user_id;
  guint64 app_id;
  gint64 time;    /* s, issued */
  gint64 expire;  /* s, counted from time */
  GBytes *userbuf; /* (nullable) */
} AhoyUserSigClaims;

char              *ahoy_user_sig_make        (guint64      app_id,
                                              const char  *secret,
                                              const char  *user_id,
                                              gint64       time,
                                              gint64       expire,
                                              GBytes      *userbuf,
                                              GError     **error);
/* Checks everything, MAC in constant time; errors are AHOY_ERROR with the 70001… numbers. */
AhoyUserSigClaims *ahoy_user_sig_check       (const char  *sig,
                                              guint64      app_id,
                                              const char  *secret,
                                              const char  *user_id,
                                              gint64       now,
                                              GError     **error);
/* Reads without a secret: for the client, to know when its ticket ends. */
AhoyUserSigClaims *ahoy_user_sig_read        (const char  *sig,
                                              GError     **error);
void               ahoy_user_sig_claims_free (AhoyUserSigClaims *self);
gboolean           ahoy_user_id_is_valid     (const char *user_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyUserSigClaims, ahoy_user_sig_claims_free)

G_END_DECLS
