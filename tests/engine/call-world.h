/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-call-internal.h"
#include "ahoy-call-list.h"
#include "fake-line.h"

G_BEGIN_DECLS

/* A call of the engine on a fake line, and the small world around it: a server that knows who is in the call, two other
 * people, and clocks. What may happen is a letter; a life is a word of them. */

typedef enum
{
  ACCEPT,
  REJECT,
  IGNORE,
  HANG_UP,
  ANSWER,       /* the server gets to the request that waits longest */
  FAIL,         /* it never does */
  BOB_RINGS,
  BOB_ENTERS,
  BOB_LEAVES,   /* or declines, or takes his call back */
  BOB_MOVES,    /* to his other device */
  CAROL_ENTERS, /* accepts, or joins */
  CAROL_LEAVES,
  ASKED_BACK,   /* who has left the call is invited again */
  TAKEN,        /* another device of the own user accepts */
  TIME_OUT,     /* at the server */
  OFFLINE,      /* the server is not reached, and nothing that it says arrives */
  WELCOME,      /* it is back, and says how things stand */
  STALE,        /* a message that is older than one before */
  OFFER_1,      /* a device of bob's begins a connection */
  OFFER_2,
  CONNECT,      /* the youngest connection that does not stand yet stands */
  LOSE,         /* the oldest that stands breaks */
  READY,        /* the far end of the youngest says that it takes media */
  RING_TIMER,   /* of this machine */
  ALONE_TIMER,  /* of this machine: the server has been away for long */
  LEAVE_TIMER,  /* of this machine: the server does not say how it came to its end */
  N_LETTERS
} Letter;

typedef enum
{
  OUTGOING,
  INCOMING,
  JOINING,
} Beginning;

typedef struct
{
  Beginning beginning;
  gboolean has_carol;   /* called as well, or, when joining, in it */
  gboolean is_stranger; /* the caller is no contact */
  guint letters;
} Scenario;

typedef struct
{
  const char *user_id;
  const char *device_id;
  AhoyCallMemberStatus status;
  AhoyEndReason reason;
  gboolean is_member;
  gint64 entry;
  gint64 deadline_ms;
} Member;

typedef struct
{
  Member me, bob, carol;
  gboolean exists, is_over;
  gint64 started_ms;
} Truth;

typedef struct
{
  const Scenario *scenario;

  Truth truth; /* the server's */
  Truth seen;  /* what this device has been told of it */
  gint64 version, n_entries;
  gboolean is_offline;
  JsonObject *before; /* (owned) (nullable) the message before the last */
  JsonObject *last;   /* (owned) (nullable) */

  AhoySession *session;
  AhoyMedia *media;
  AhoyPeople *people;
  AhoyCallList *list;
  AhoyCall *call;

  /* What has been seen of the call. */
  guint n_added, n_begin, n_ended, n_not_connected, n_after_end, n_call_ended;
  guint n_sdp, n_ready;
  guint n_asked, n_answered, n_asked_back;

  /* What has to hold. */
  gboolean is_accepted, is_leaving, is_ended, has_rung, has_begun, was_linked, has_failed;
  AhoyEndReason reason;
} World;

extern const char *const world_letter_names[N_LETTERS];

World    *world_new          (const Scenario *scenario);
/* Ends the call, and proves that nothing of it is left. */
void      world_free         (World          *world);
/* Lets everything happen that is due at once. */
void      world_settle       (void);
gboolean  world_may_happen   (World          *world,
                              Letter          letter);
void      world_happen       (World          *world,
                              Letter          letter);
/* It waits for an answer of this person. */
gboolean  world_rings_here   (World          *world);
/* The server gets to the request that waits longest. */
void      world_answer       (World          *world);
/* All that what comes next may depend on. */
char     *world_describe     (World          *world);
/* The youngest connection of "user/device", or of anybody for NULL. */
AhoyPeer *world_find_peer    (const char     *name);

gboolean  member_is_in       (const Member   *member);
gboolean  member_is_waiting  (const Member   *member);
/* The own device is in the call. */
gboolean  truth_is_here      (const Truth    *truth);
/* The server tells this device of the call. */
gboolean  truth_hears        (const Truth    *truth);
/* The far end has said that it takes media. */
gboolean  peer_is_ready      (AhoyPeer       *peer);

G_END_DECLS
