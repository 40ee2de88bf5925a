/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "media-rig.h"

G_BEGIN_DECLS

#define RIG_MESH_MAX 9

/* Some people in one call, each connected to each; all in this process, on the same devices. */
typedef struct
{
  AhoyMedia *media;
  AhoyPeer *peers[RIG_MESH_MAX]; /* to the others; NULL for the own place */
} RigMember;

typedef struct
{
  RigMember members[RIG_MESH_MAX];
  guint n;
} RigMesh;

void    rig_mesh_init    (RigMesh *mesh,
                          guint    n);
/* Until all are connected to all. */
void    rig_mesh_connect (RigMesh *mesh);
/* Cameras on, all gates open, all play. */
void    rig_mesh_open    (RigMesh *mesh);
void    rig_mesh_watch   (RigMesh *mesh,
                          gboolean watch);
void    rig_mesh_clear   (RigMesh *mesh);
/* Pictures that the one who got fewest over any connection got. */
guint64 rig_mesh_frames  (RigMesh *mesh);

/* What the machine spends on this process. */
typedef struct
{
  double cpu_s;     /* user and system */
  guint threads, files;
  double memory_mb; /* resident */
  double heap_mb;   /* handed out by malloc */
} RigUsage;

void    rig_usage_get    (RigUsage *usage);
/* CPU seconds of the threads of this process by name, the most expensive first: "NAME COUNT SECONDS" a line. */
char   *rig_usage_list   (void);

G_END_DECLS
