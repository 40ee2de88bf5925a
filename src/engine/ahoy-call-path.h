/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-peer.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One generation of a connection: a peer and what is known of its far end. */
typedef struct _AhoyCallPath AhoyCallPath;

/* @candidates: (transfer none) gathered candidates, an array as the wire has it */
typedef struct
{
  void (*description) (AhoyCallPath *path,
                       gboolean      is_offer,
                       const char   *sdp,
                       gpointer      user_data);
  void (*candidates)  (AhoyCallPath *path,
                       JsonArray    *candidates,
                       gpointer      user_data);
  void (*state)       (AhoyCallPath *path,
                       gpointer      user_data);
  void (*volume)      (AhoyCallPath *path,
                       gpointer      user_data);
  void (*receiving)   (AhoyCallPath *path,
                       gpointer      user_data);
} AhoyCallPathFuncs;

struct _AhoyCallPath
{
  AhoyPeer *peer;          /* (owned) (not nullable) */
  gint64 gen;
  gboolean remote_ready;   /* the far end takes media */
  gboolean ready_sent;     /* it knows that we do */

  JsonArray *batch;        /* (owned) (nullable) candidates that wait for company */
  guint batch_id;
  const AhoyCallPathFuncs *funcs;
  gpointer user_data;
};

AhoyCallPath *ahoy_call_path_new  (AhoyPeer                *peer, /* (transfer full) */
                                   gint64                   gen,
                                   const AhoyCallPathFuncs *funcs,
                                   gpointer                 user_data);
/* Closes the peer. */
void          ahoy_call_path_free (AhoyCallPath            *self);

G_END_DECLS
